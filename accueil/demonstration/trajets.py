"""How a fictitious case lives: ways through the tables of transitions, and the days and hours of things."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dossiers.models.dossier import Nature

HEURE, JOUR = 60.0, 1440.0
# Weights of the hours of the day: hospitals report day and night, requests come by day.
HEURES = {
    Nature.SIGNALEMENT: (3, 3, 3, 2, 2, 2, 3, 4, 5, 6, 7, 7, 6, 6, 7, 7, 7, 7, 6, 6, 6, 5, 5, 4),
    Nature.DECLARATION: (3, 3, 3, 2, 2, 2, 3, 4, 5, 6, 7, 7, 6, 6, 7, 7, 7, 7, 6, 6, 6, 5, 5, 4),
    Nature.REQUISITION: (1, 1, 1, 1, 1, 1, 1, 2, 6, 10, 12, 11, 6, 7, 11, 11, 10, 8, 4, 3, 2, 2, 1, 1),
    Nature.EXTRACTION: (1, 1, 1, 1, 1, 1, 1, 4, 12, 14, 12, 8, 4, 6, 10, 9, 7, 4, 1, 1, 1, 1, 1, 1),
}
PARTS = {Nature.SIGNALEMENT: 0.36, Nature.REQUISITION: 0.43, Nature.EXTRACTION: 0.14, Nature.DECLARATION: 0.07}


ABOUTIS = frozenset(
    {
        "enregistrer_suite",
        "reorienter",
        "clore",
        "clore_decision",
        "retirer_accord",
        "orienter",
        "clore_prevention",
        "mettre_a_disposition",
        "ouvrir_pli",
        "remettre_en_main",
        "refuser",
        "classer",
        "annuler",
        "contester",
        "annuler_escorte",
        "annuler_soin",
        "confirmer_retour",
        "remettre",
    }
)
FRAIS, RECENT = timedelta(days=4), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Pas:
    """One transition, the median minutes since the one before, and who does it: a key of the case's parties."""

    nom: str
    minutes: float
    par: str


@dataclass(frozen=True, slots=True)
class Trajet:
    """A way from the first state to the last one reached. Cases older than a month are mostly finished.

    `apres`: the case was sent before this path starts (drafts never are). `variantes` restricts it.
    """

    code: str
    recent: int
    ancien: int
    pas: tuple[Pas, ...]
    variantes: frozenset[str] = frozenset()

    @property
    def abouti(self) -> bool:
        """Nobody waits for anything any more, or nothing that is timed."""
        return bool(self.pas) and self.pas[-1].nom in ABOUTIS


_A = "auteur"
_D = "destinataire"
_AR, _EXAMEN = Pas("accuser_reception", 38, _D), Pas("prendre_en_examen", 90, _D)
_ENVOI, _SUITE = Pas("transmettre", 75, _A), Pas("enregistrer_suite", 4 * HEURE, _D)
_DEMANDE, _REPONSE = Pas("demander_complement", 5 * HEURE, _D), Pas("completer", 9 * HEURE, _A)
CERTIFICAT = frozenset({"CMI", "NON_EXCISION", "VULNERABILITE"})
AVEC_ACCORD = frozenset({"MAJEUR_AVEC_ACCORD"})
_ATTENTE = Pas("suspendre", 70, _A)
TRAITE, MSF = frozenset({"TRAITE"}), frozenset({"MSF"})
_PREVENTION = Pas("suivre_prevention", 60, _A)
# A certificate is being written or is handed over: nobody receives it.
SEULS = {code: frozenset({"brouillon", "certificat"}) for code in CERTIFICAT}
SIGNALEMENTS = (
    Trajet("brouillon", 2, 0, ()),
    Trajet("transmis", 3, 0, (_ENVOI,)),
    Trajet("recu", 5, 0, (_ENVOI, _AR)),
    Trajet("examen", 12, 1, (_ENVOI, _AR, _EXAMEN)),
    Trajet("complement", 5, 1, (_ENVOI, _AR, _DEMANDE)),
    Trajet("complete", 5, 1, (_ENVOI, _AR, _DEMANDE, _REPONSE)),
    Trajet("suite", 30, 30, (_ENVOI, _AR, _EXAMEN, _SUITE)),
    Trajet("suite_apres_complement", 8, 12, (_ENVOI, _AR, _DEMANDE, _REPONSE, _SUITE)),
    Trajet("reoriente", 6, 5, (_ENVOI, _AR, Pas("reorienter", 6 * HEURE, _D))),
    Trajet("clos", 8, 55, (_ENVOI, _AR, _EXAMEN, _SUITE, Pas("clore", 12 * JOUR, _D))),
    Trajet("certificat", 9, 9, (Pas("remettre", 45, _A),), CERTIFICAT),
    Trajet("suspendu", 4, 0, (_ATTENTE,), AVEC_ACCORD),
    Trajet("accord_retire", 2, 3, (_ATTENTE, Pas("retirer_accord", 2 * JOUR, _A)), AVEC_ACCORD),
    Trajet("oriente", 2, 2, (Pas("orienter", 70, _A),), TRAITE),
    Trajet("prevention", 3, 0, (_PREVENTION,), MSF),
    Trajet("prevention_close", 1, 3, (_PREVENTION, Pas("clore_prevention", 20 * JOUR, _A)), MSF),
    Trajet("decision", 6, 0, (Pas("decider_non_signalement", 80, _A),)),
    Trajet("decision_close", 2, 9, (Pas("decider_non_signalement", 80, _A), Pas("clore_decision", 5 * JOUR, _A))),
)
# A declaration goes the same ways, but for those that decide on a person.
_DE_PERSONNE = frozenset({"reoriente", "decision", "decision_close"})
DECLARATIONS = tuple(trajet for trajet in SIGNALEMENTS if trajet.code not in _DE_PERSONNE and not trajet.variantes)
_CONTROLE, _VALIDE, _CONFIE = (
    Pas("controler", 40, "guichet"),
    Pas("valider", 35, "guichet"),
    Pas("affecter", 25, "guichet"),
)
_REGULARISE, _REGULARISEE = Pas("regulariser", 60, "guichet"), Pas("repondre_regularisation", 9 * HEURE, _A)
_PREPARE = Pas("preparer_reponse", 2.5 * HEURE, "executant")
ACCORD = Pas("donner_accord", 6 * HEURE, "medecin")
AU_COMPTOIR = Pas("remettre_en_main", 7 * HEURE, "guichet")
_PRETE, _OUVRE, _CLOT = (
    Pas("mettre_a_disposition", 45, "guichet"),
    Pas("ouvrir_pli", 7 * HEURE, _A),
    Pas("clore", 4 * JOUR, "guichet"),
)
_DEBUT = (_CONTROLE, _VALIDE, _CONFIE)
_REPRISE = (_CONTROLE, _REGULARISE, _REGULARISEE, _CONTROLE, _VALIDE, _CONFIE)
MEDICAL = frozenset({"DOSSIER"})
# Legal affairs proposed a refusal, the direction has not signed it yet: the state is that of a case in control.
REFUS_PROPOSE = "refus_propose"
REQUISITIONS = (
    Trajet("recue", 3, 0, ()),
    Trajet("en_controle", 4, 0, (_CONTROLE,)),
    Trajet("a_regulariser", 4, 1, (_CONTROLE, _REGULARISE)),
    Trajet("abandonnee", 1, 3, (_CONTROLE, _REGULARISE, Pas("classer", 16 * JOUR, "guichet"))),
    Trajet("validee", 2, 0, (_CONTROLE, _VALIDE)),
    Trajet("affectee", 6, 1, _DEBUT),
    Trajet("en_execution", 8, 1, (*_DEBUT, _PREPARE)),
    Trajet("prete", 8, 2, (*_DEBUT, _PREPARE, _PRETE)),
    Trajet("remise", 12, 6, (*_DEBUT, _PREPARE, _PRETE, _OUVRE)),
    Trajet("cloturee", 30, 60, (*_DEBUT, _PREPARE, _PRETE, _OUVRE, _CLOT)),
    Trajet("cloturee_reprise", 8, 12, (*_REPRISE, _PREPARE, _PRETE, _OUVRE, _CLOT)),
    Trajet(REFUS_PROPOSE, 0, 0, (_CONTROLE,)),
    Trajet("refusee", 6, 9, (_CONTROLE, Pas("refuser", 3 * HEURE, "direction"))),
    Trajet("refusee_medecin", 3, 4, (*_DEBUT, ACCORD, Pas("refuser", 2 * HEURE, "direction")), MEDICAL),
    Trajet("annulee", 2, 3, (_CONTROLE, Pas("annuler", 5 * HEURE, _A))),
    Trajet(
        "contestee",
        1,
        2,
        (*_DEBUT, _PREPARE, _PRETE, _OUVRE, _CLOT, Pas("contester", 6 * JOUR, "guichet")),
    ),
)
_ORDRE, _ESCORTE = Pas("emettre_ordre", 4 * HEURE, "greffe"), Pas("confirmer_escorte", 3 * HEURE, "greffe")
_ARRIVE, _SOINS = Pas("signaler_arrivee", 0, "accueil"), Pas("commencer_soins", 15, "accueil")
_SORT, _RENTRE, _FINI = Pas("sortir", 70, "accueil"), Pas("confirmer_retour", 35, "greffe"), Pas("clore", JOUR, _A)
EXTRACTIONS = (
    Trajet("demandee", 4, 0, ()),
    Trajet("ordre", 4, 0, (_ORDRE,)),
    Trajet("programmee", 6, 0, (_ORDRE, _ESCORTE)),
    Trajet("arrivee", 1, 0, (_ORDRE, _ESCORTE, _ARRIVE)),
    Trajet("soins", 1, 0, (_ORDRE, _ESCORTE, _ARRIVE, _SOINS)),
    Trajet("hospitalisee", 1, 0, (_ORDRE, _ESCORTE, _ARRIVE, _SOINS, Pas("hospitaliser", 60, "accueil"))),
    Trajet("sortie", 1, 0, (_ORDRE, _ESCORTE, _ARRIVE, _SOINS, _SORT)),
    Trajet("retour", 8, 1, (_ORDRE, _ESCORTE, _ARRIVE, _SOINS, _SORT, _RENTRE)),
    Trajet("cloturee", 45, 74, (_ORDRE, _ESCORTE, _ARRIVE, _SOINS, _SORT, _RENTRE, _FINI)),
    Trajet("annulee_escorte", 7, 11, (_ORDRE, Pas("annuler_escorte", 10 * HEURE, "greffe"))),
    Trajet("annulee_soin", 3, 5, (_ORDRE, _ESCORTE, Pas("annuler_soin", 8 * HEURE, "accueil"))),
    Trajet("refus", 2, 1, (_ORDRE, _ESCORTE, Pas("refuser_soins", 5 * HEURE, _A))),
    Trajet("refus_clos", 2, 3, (_ORDRE, _ESCORTE, Pas("refuser_soins", 5 * HEURE, _A), _FINI)),
    Trajet("incident", 1, 1, (_ORDRE, _ESCORTE, _ARRIVE, _SOINS, Pas("signaler_incident", 30, "accueil"))),
)
TRAJETS: dict[str, tuple[Trajet, ...]] = {
    Nature.SIGNALEMENT: SIGNALEMENTS,
    Nature.REQUISITION: REQUISITIONS,
    Nature.EXTRACTION: EXTRACTIONS,
    Nature.DECLARATION: DECLARATIONS,
}


def calendrier(nombre: int, ancre: datetime, alea: random.Random) -> list[tuple[datetime, str]]:
    """Opening moments over the twelve months before `ancre`, a little denser lately, in order, each with its nature."""
    natures = alea.choices(list(PARTS), list(PARTS.values()), k=nombre)
    moments = []
    for nature in natures:
        jours_avant = 365 * (1 - alea.random() ** 0.8)
        jour = (ancre - timedelta(days=jours_avant)).replace(hour=0, minute=0, second=0, microsecond=0)
        if nature not in {Nature.SIGNALEMENT, Nature.DECLARATION} and jour.weekday() >= 5 and alea.random() < 0.7:
            jour -= timedelta(days=jour.weekday() - 4)
        heure = alea.choices(range(24), HEURES[Nature(nature)])[0]
        moment = jour + timedelta(hours=heure, seconds=alea.randrange(3600))
        moments.append((min(moment, ancre - timedelta(minutes=30)), str(nature)))
    return sorted(moments)


def choisir(nature: str, variante: str, ouvert_le: datetime, ancre: datetime, alea: random.Random) -> Trajet:
    """A way fit for the age of the case: after four days few are still open, after a month none is."""
    age = ancre - ouvert_le
    possibles = [
        trajet
        for trajet in TRAJETS[nature]
        if (not trajet.variantes or variante in trajet.variantes)
        and (variante not in SEULS or trajet.code in SEULS[variante])
    ]
    if age > RECENT:
        poids = [trajet.ancien if trajet.abouti else 0.0 for trajet in possibles]
    else:
        reste = 1.0 if age <= FRAIS else 0.1
        poids = [trajet.recent * (1.0 if trajet.abouti else reste) for trajet in possibles]
    return alea.choices(possibles, poids)[0]


def dater(ouvert_le: datetime, pas: Sequence[Pas], fin: datetime, alea: random.Random) -> list[datetime]:
    """The moment of each step: median delays, with a tail, squeezed so that nothing happens after `fin`."""
    ecarts = [etape.minutes * alea.lognormvariate(0, 0.7) for etape in pas]
    total, place = sum(ecarts), max((fin - ouvert_le).total_seconds() / 60 - 1, 0)
    serre = min(1.0, place / total) if total else 1.0
    moments, instant = [], ouvert_le
    for ecart in ecarts:
        instant += timedelta(minutes=ecart * serre)
        moments.append(instant)
    return moments
