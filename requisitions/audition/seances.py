"""The sessions of a hearing as one reader may read them: in full for who conducts it, a slot and an issue elsewhere."""

from dataclasses import dataclass
from types import SimpleNamespace as Objet
from typing import Any

from accounts.roles import Role
from convention.acteur import Acteur
from dossiers.classes import Classe, recoit
from dossiers.models import Dossier
from presentation.temps import date_fr, heure_fr
from requisitions.audition import (
    AUDITIONS,
    PREVENUE,
    Situation,
    annoncee,
    direction_a_prevenir,
    en_mots_neutres,
    issue_dite,
    peut_constater,
    peut_programmer,
    peut_reevaluer,
    peut_remettre_un_avis,
    peut_verifier_la_presence,
    situation,
)
from requisitions.audition.aptitude import avis_de
from requisitions.circuit import HOPITAL
from requisitions.models import Seance
from requisitions.policies import SORTIE, agit, est_medecin_designe, peut_instruire

AILLEURS, ICI = "Dans le service enquêteur", "À l’hôpital, présentez-vous à l’accueil des autorités"
MOTS = {"interruption": "Interrompue", "incident": "Incident", "representant": "Représentant",
        "representant_absent": "Représentant absent", "avocat": "Avocat", "interprete": "Interprète",
        "entendu": "Entendu comme"}  # fmt: skip
CODES = frozenset({"interruption", "representant_absent", "entendu"})


@dataclass(frozen=True, slots=True)
class Regard:
    """`plein`: legal affairs, the doctor, a head nurse who takes part. `maison`: the hospital, the admissions desk too.

    Whoever is not `plein` reads no reason of health; whoever is not of the house reads neither the room nor the ward.
    """

    acteur: Acteur
    plein: bool
    maison: bool


def _regard(dossier: Dossier, acteur: Acteur) -> Regard:
    maison = any(place.institution_code == HOPITAL for place in acteur.places)
    conduit = est_medecin_designe(dossier, acteur) or agit(dossier, acteur, Role.CADRE)
    return Regard(acteur, maison and (conduit or peut_instruire(dossier, acteur)), maison)


def de_l_audition(dossier: Dossier, acteur: Acteur) -> dict[str, Any]:
    """The block « Audition » of a case's page; nothing for another act, nor outside before the answer."""
    regard = _regard(dossier, acteur)
    if dossier.variante not in AUDITIONS or (not regard.maison and not annoncee(dossier)):
        return {"audition": None}
    seances = list(dossier.seances.select_related("service_prevenu", "constatee_par", "presence_par"))
    return {
        "audition": Objet(
            situation=_situation(dossier, seances, regard),
            seances=[_seance(seance, regard) for seance in seances],
            page=ouvre_la_page(dossier, acteur),
            direction=_direction(dossier) if regard.plein else [],
        )
    }


def _direction(dossier: Dossier) -> list[Any]:
    """When the direction was told, and of what: the last time first."""
    if not direction_a_prevenir(dossier.requisition):
        return []
    return list(dossier.evenements.filter(nom=PREVENUE))


def ouvre_la_page(dossier: Dossier, acteur: Acteur) -> bool:
    """Whoever has something to do there, and legal affairs who read it."""
    verdicts = (peut_programmer, peut_constater, peut_reevaluer, peut_remettre_un_avis, peut_verifier_la_presence)
    return peut_instruire(dossier, acteur) or any(verdict(dossier, acteur) for verdict in verdicts)


def avis_lus(dossier: Dossier, acteur: Acteur) -> list[Any]:
    """The certificates, for the doctor and for legal affairs: what they say holds no word of care."""
    if not peut_instruire(dossier, acteur) and not est_medecin_designe(dossier, acteur):
        return []
    return list(reversed(avis_de(dossier)))


def _situation(dossier: Dossier, seances: list[Seance], regard: Regard) -> Situation:
    """A certificate that has not left says nothing to the others, the first one nor the next."""
    connus = avis_de(dossier, remis=not regard.plein) if regard.plein or dossier.etat in SORTIE else []
    vue = situation(dossier.etat, seances, connus)
    return vue if regard.plein else en_mots_neutres(vue)


def _seance(seance: Seance, regard: Regard) -> Objet:
    la_bas = seance.lieu == Seance.Lieu.SERVICE
    return Objet(
        quand=f"{date_fr(seance.prevue_pour)} à {heure_fr(seance.prevue_pour)}",
        lieu=seance.get_lieu_display() if regard.maison else AILLEURS if la_bas else ICI,
        issue=issue_dite(seance, neutre=not regard.plein),
        tenue=f"de {heure_fr(seance.debut)} à {heure_fr(seance.fin)}" if seance.debut and seance.fin else "",
        presence=seance.get_presence_display() if regard.maison and _lit(regard, Classe.IDENTITE) else "",
        lignes=_lignes(seance, regard.acteur) if regard.plein else [],
    )


def _lit(regard: Regard, classe: Classe) -> bool:
    return recoit(regard.acteur.roles, classe)


def _lignes(seance: Seance, acteur: Acteur) -> list[Objet]:
    """What was noted, in the classes that this reader receives."""
    dites = [
        (mot, getattr(seance, f"get_{nom}_display")() if nom in CODES else getattr(seance, nom))
        for nom, mot in MOTS.items()
        if recoit(acteur.roles, Seance.CLASSES[nom])
    ]
    if seance.statut_depuis and recoit(acteur.roles, Classe.JUDICIAIRE):
        dites.append(("Statut changé", f"{date_fr(seance.statut_depuis)}, {heure_fr(seance.statut_depuis)}"))
    if seance.reevaluer_avant:
        dites.append(("À réévaluer avant", f"{date_fr(seance.reevaluer_avant)}, {heure_fr(seance.reevaluer_avant)}"))
    if seance.service_prevenu and recoit(acteur.roles, Classe.IDENTITE):
        dites.append(("Service prévenu", seance.service_prevenu.nom))
    if seance.constatee_par:
        dites.append(("Noté par", str(seance.constatee_par)))
    return [Objet(libelle=libelle, valeur=valeur) for libelle, valeur in dites if valeur]
