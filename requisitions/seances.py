"""The sessions of a hearing as one reader may read them: the house in full, the requester a slot and an issue."""

from types import SimpleNamespace as Objet
from typing import Any

from convention.acteur import Acteur
from dossiers.classes import Classe, recoit
from dossiers.models import Dossier
from presentation.temps import date_fr, heure_fr
from requisitions.aptitude import avis_de
from requisitions.audition import (
    AUDITIONS,
    Situation,
    annoncee,
    issue_dite,
    peut_constater,
    peut_programmer,
    peut_reevaluer,
    peut_remettre_un_avis,
    peut_verifier_la_presence,
    pour_le_requerant,
    situation,
)
from requisitions.models import Seance
from requisitions.policies import SORTIE, est_medecin_designe, est_requerant, peut_instruire

AILLEURS, ICI = "Dans votre service", "À l’hôpital, présentez-vous à l’accueil des autorités"
LUS = ("interruption", "incident", "representant", "avocat", "interprete", "entendu")
MOTS = {"interruption": "Interrompue", "incident": "Incident", "representant": "Représentant", "avocat": "Avocat",
        "interprete": "Interprète", "entendu": "Entendu comme"}  # fmt: skip


def de_l_audition(dossier: Dossier, acteur: Acteur) -> dict[str, Any]:
    """The block « Audition » of a case's page; nothing for another act, nor for who only takes a copy."""
    if dossier.variante not in AUDITIONS:
        return {"audition": None}
    dehors = est_requerant(dossier, acteur)
    if dehors and not annoncee(dossier):
        return {"audition": None}
    seances = list(dossier.seances.select_related("service_prevenu", "constatee_par", "presence_par"))
    return {
        "audition": Objet(
            situation=_situation(dossier, seances, dehors=dehors),
            seances=[_seance(seance, acteur, dehors=dehors) for seance in seances],
            page=ouvre_la_page(dossier, acteur),
        )
    }


def ouvre_la_page(dossier: Dossier, acteur: Acteur) -> bool:
    """Whoever has something to do there, and legal affairs who read it."""
    verdicts = (peut_programmer, peut_constater, peut_reevaluer, peut_remettre_un_avis, peut_verifier_la_presence)
    return peut_instruire(dossier, acteur) or any(verdict(dossier, acteur) for verdict in verdicts)


def avis_lus(dossier: Dossier, acteur: Acteur) -> list[Any]:
    """The certificates, for the doctor and for legal affairs: what they say holds no word of care."""
    if not peut_instruire(dossier, acteur) and not est_medecin_designe(dossier, acteur):
        return []
    return list(reversed(avis_de(dossier)))


def _situation(dossier: Dossier, seances: list[Seance], *, dehors: bool) -> Situation:
    """The requester reads a certificate once it is theirs."""
    connus = [] if dehors and dossier.etat not in SORTIE else avis_de(dossier)
    vue = situation(dossier.etat, seances, connus)
    return pour_le_requerant(vue) if dehors else vue


def _seance(seance: Seance, acteur: Acteur, *, dehors: bool) -> Objet:
    la_bas = seance.lieu == Seance.Lieu.SERVICE
    lue = Objet(
        quand=f"{date_fr(seance.prevue_pour)} à {heure_fr(seance.prevue_pour)}",
        lieu=(AILLEURS if la_bas else ICI) if dehors else seance.get_lieu_display(),
        issue=issue_dite(seance, neutre=dehors),
        tenue=f"de {heure_fr(seance.debut)} à {heure_fr(seance.fin)}" if seance.debut and seance.fin else "",
        presence="",
        lignes=[],
    )
    if not dehors:
        lue.presence = seance.get_presence_display() if recoit(acteur.roles, Classe.IDENTITE) else ""
        lue.lignes = _lignes(seance, acteur)
    return lue


def _lignes(seance: Seance, acteur: Acteur) -> list[Objet]:
    """What was noted, in the classes that this reader receives."""
    dites = [
        (
            MOTS[nom],
            getattr(seance, f"get_{nom}_display")() if nom in {"interruption", "entendu"} else getattr(seance, nom),
        )
        for nom in LUS
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
