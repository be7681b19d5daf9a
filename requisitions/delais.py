"""How long the hospital has, and the sentence that explains it. Pure functions."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from dossiers.echeances import FERMETURE, OUVERTURE, PARIS, ajouter_heures_ouvrees, ajouter_jours_ouvres, jour_ouvre
from dossiers.models.dossier import Urgence
from presentation.temps import NBSP, heure_fr
from requisitions.models import LigneDecision, Requisition

GARDE_A_VUE = timedelta(hours=6)
MARGE = timedelta(hours=2)
NON_PREVUE = 2
VISA_EN_GARDE_A_VUE = timedelta(minutes=30)
VISA = "Visa de la direction"
CONTROLE = "Régularisation ou refus à écrire"
DEUX_JOURS = timedelta(hours=48)
REPONSE = "Réponse au requérant"
PREMIER_RETOUR = "Premier retour des affaires juridiques"
Unite = LigneDecision.Unite


@dataclass(frozen=True, slots=True)
class Delai:
    """`nom` is what is due: the answer, or a first word from legal affairs when no answer delay is set."""

    echeance_le: datetime
    libelle: str
    calcul: str


def calculer(
    ligne: LigneDecision | None,
    urgence: str,
    recue_le: datetime,
    *,
    fin_mesure: datetime | None = None,
    heure_demande: datetime | None = None,
) -> Delai:
    """The deadline of the answer, from the decision table, the urgency and the end of the police custody.

    `heure_demande`: when the examination of a custody was asked, if it is known; the legal hours run from there.
    """
    delai = _de_la_table(ligne, recue_le, heure_demande, urgent=urgence != Urgence.ORDINAIRE)
    if urgence == Urgence.IMMEDIATE:
        delai = _garde_a_vue(delai, recue_le, fin_mesure)
    return replace(delai, calcul=f"{delai.calcul}.")


def _de_la_table(
    ligne: LigneDecision | None, recue_le: datetime, heure_demande: datetime | None, *, urgent: bool
) -> Delai:
    recue = f"Reçue à {heure_fr(recue_le)}"
    if ligne is None:
        terme, mots = _sans_chiffre(recue_le, urgent=urgent)
        return Delai(terme, PREMIER_RETOUR, f"{recue}. Combinaison non prévue : {mots} (proposé)")
    unite = ligne.urgent_unite if urgent else ligne.delai_unite
    valeur = ligne.urgent_valeur if urgent else ligne.delai_valeur
    regle = f"{ligne.articles_texte} ; table, ligne {ligne.rang}"
    if unite == Unite.FIXE:
        terme, mots = _sans_chiffre(recue_le, urgent=urgent)
        return Delai(
            terme,
            PREMIER_RETOUR,
            f"{recue}. L’acte fixe lui-même sa date ({regle}). Premier retour sous {mots} (proposé)",
        )
    depuis = recue_le
    if heure_demande and ligne.type_acte == "EX_GAV":
        depuis = min(heure_demande.astimezone(PARIS), recue_le)
        recue = f"Examen demandé à {heure_fr(depuis)}"
    calcul = f"{recue}, plus {valeur}{NBSP}{_en_mots(unite, valeur)} ({regle}, {source(ligne)})"
    return Delai(_ajouter(depuis, unite, valeur), REPONSE, calcul)


def du_terme(r: Requisition, maintenant: datetime) -> Delai | None:
    """The date that the act itself gives, where its row fixes none (§12, « fixé »); None when it says nothing, or the
    past."""
    if r.ligne_decision is None or r.ligne_decision.delai_unite != Unite.FIXE:
        return None
    termes = {
        "créneau demandé": r.creneau_du,
        "terme de l’arrêté": r.arrete_jusqu_au,
        f"48{NBSP}heures de mesure": _plus(r.debut_mesure, DEUX_JOURS) if r.debut_mesure else None,
        "délai d’exécution de la commission rogatoire": _fin_de_journee(r.cr_jusqu_au) if r.cr_jusqu_au else None,
    }
    mots, terme = next(((mots, terme) for mots, terme in termes.items() if terme), ("", None))
    if terme is None or terme <= maintenant:
        return None
    local = terme.astimezone(PARIS)
    calcul = f"Date de l’acte\u00a0: {mots} ({r.ligne_decision.articles_texte} ; table, ligne {r.ligne_decision.rang})."
    return Delai(local, REPONSE, calcul)


def _fin_de_journee(jour: date) -> datetime:
    return datetime.combine(jour, time(FERMETURE), tzinfo=PARIS)


def _sans_chiffre(recue_le: datetime, *, urgent: bool) -> tuple[datetime, str]:
    """When legal affairs speak first: an urgent demand waits neither for the morning nor for Monday."""
    if urgent:
        return _plus(recue_le, timedelta(hours=NON_PREVUE)), f"{NON_PREVUE}{NBSP}heures"
    return ajouter_heures_ouvrees(recue_le, NON_PREVUE), f"{NON_PREVUE}{NBSP}heures ouvrées"


def _en_mots(unite: str, valeur: int) -> str:
    mots = Unite(unite).label
    return mots if valeur > 1 else " ".join(mot.removesuffix("s") for mot in mots.split())


def source(ligne: LigneDecision) -> str:
    """Who says the figure: the law, our mark under a law that gives none, or the convention."""
    if ligne.delai_repere:
        return f"«{NBSP}{ligne.delai_texte}{NBSP}» légal, repère proposé"
    return "légal" if ligne.delai_legal else "convention, proposé"


def du_controle(urgence: str, recue_le: datetime) -> Delai:
    """By when a demand that does not stand is answered (§2.3, §2.8): a mark for legal affairs, not a deadline."""
    recue = f"Reçue à {heure_fr(recue_le)}"
    if urgence == Urgence.IMMEDIATE:
        calcul = f"{recue}, plus 30{NBSP}minutes{NBSP}: garde à vue (convention, proposé)."
        return Delai(_plus(recue_le, VISA_EN_GARDE_A_VUE), CONTROLE, calcul)
    terme, mots = _sans_chiffre(recue_le, urgent=urgence != Urgence.ORDINAIRE)
    return Delai(terme, CONTROLE, f"{recue}, plus {mots} (convention, proposé).")


def du_visa(urgence: str, propose_le: datetime) -> Delai:
    """By when the written refusal must have left (§2.3): a custody waits half an hour, and no urgency waits for the
    morning."""
    propose = f"Refus proposé à {heure_fr(propose_le)}"
    if urgence == Urgence.IMMEDIATE:
        calcul = f"{propose}, plus 30{NBSP}minutes{NBSP}: garde à vue (convention, proposé)."
        return Delai(_plus(propose_le, VISA_EN_GARDE_A_VUE), VISA, calcul)
    terme, mots = _sans_chiffre(propose_le, urgent=urgence != Urgence.ORDINAIRE)
    return Delai(terme, VISA, f"{propose}, plus {mots} (convention, proposé).")


def hors_heures_ouvrees(instant: datetime) -> bool:
    """Nights, week-ends and public holidays: the administrator on call is told too."""
    local = instant.astimezone(PARIS)
    return not jour_ouvre(local.date()) or not OUVERTURE <= local.hour < FERMETURE


def _ajouter(depuis: datetime, unite: str, valeur: int) -> datetime:
    if unite == Unite.JOURS_OUVRES:
        return ajouter_jours_ouvres(depuis, valeur)
    if unite == Unite.HEURES_OUVREES:
        return ajouter_heures_ouvrees(depuis, valeur)
    return _plus(depuis, timedelta(minutes=valeur) if unite == Unite.MINUTES else timedelta(hours=valeur))


def _plus(depuis: datetime, duree: timedelta) -> datetime:
    """Hours that pass, not hours of the clock: the two nights when the clock changes, they differ."""
    return (depuis.astimezone(UTC) + duree).astimezone(PARIS)


def _garde_a_vue(delai: Delai, recue_le: datetime, fin_mesure: datetime | None) -> Delai:
    """Six hours at most, and two hours before the measure ends, or its very end when less than that is left."""
    six_heures = _plus(recue_le, GARDE_A_VUE)
    if six_heures.astimezone(UTC) < delai.echeance_le.astimezone(UTC):
        delai = replace(
            delai, echeance_le=six_heures, calcul=f"{delai.calcul}, ramené à 6{NBSP}h : garde à vue en cours"
        )
    if fin_mesure is None:
        return delai
    bornes = ((_plus(fin_mesure, -MARGE), f"2{NBSP}h avant la fin de la mesure"), (fin_mesure, "fin de la mesure"))
    borne, mots = next((b for b in bornes if recue_le.astimezone(UTC) < b[0].astimezone(UTC)), (None, ""))
    if borne is not None and borne.astimezone(UTC) < delai.echeance_le.astimezone(UTC):
        delai = replace(delai, echeance_le=borne, calcul=f"{delai.calcul}, {mots}")
    return delai
