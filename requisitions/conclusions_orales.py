"""Conclusions given by word of mouth, in an emergency only: who may note them, when, and who reads that they were."""

from typing import Any

from accounts.roles import Role
from convention.acteur import Acteur
from dossiers.models import Dossier
from dossiers.models.dossier import Urgence
from requisitions.designation import CONFIEE
from requisitions.etats import AVANT_REMISE, PRETE
from requisitions.models import ConclusionOrale, Requisition
from requisitions.policies import agit, est_medecin_designe, seulement_averti
from requisitions.types_acte import Famille, codes
from transitions.verdict import OUI, Verdict, non

# A doctor required examines and concludes; a fitness certificate, a record, a presence are no conclusions.
EXAMENS = codes(Famille.EXAMEN)
ECRIT_DU = AVANT_REMISE - {PRETE}


def peut_conclure_oralement(dossier: Dossier, acteur: Acteur) -> Verdict:
    """Only after the directory call: a voice on the telephone proves nothing (R-43)."""
    if dossier.variante not in EXAMENS:
        return non("Seul l’examen d’un médecin requis se conclut oralement\u00a0: ici, rien ne se dit au téléphone.")
    if not (est_medecin_designe(dossier, acteur) or agit(dossier, acteur, Role.JURISTE, Role.GARDE)):
        return non("Des conclusions orales se notent par le médecin requis, les affaires juridiques ou la garde.")
    if dossier.etat not in CONFIEE:
        return non(
            "Des conclusions orales suivent la validation et la désignation du médecin, et précèdent la réponse écrite."
        )
    lettre = dossier.requisition
    if not en_urgence(dossier, lettre):
        return non("Sans urgence, les conclusions se remettent par écrit.")
    if lettre.authentifiee_le is None:
        return non("Rappelez d’abord le service requérant, au numéro de l’annuaire.")
    return OUI


def en_urgence(dossier: Dossier, lettre: Requisition) -> bool:
    return dossier.urgence != Urgence.ORDINAIRE or lettre.urgence_vitale


def conclusions_dites(dossier: Dossier, acteur: Acteur) -> dict[str, Any]:
    """What a page says of them: to whom and when, and that the written paper is still due."""
    if dossier.variante not in EXAMENS or seulement_averti(dossier, acteur):
        return {"orales": [], "oral_a_noter": False}
    return {
        "orales": list(ConclusionOrale.objects.filter(dossier=dossier)),
        "oral_ecrit_du": dossier.etat in ECRIT_DU,
        "oral_a_noter": bool(peut_conclure_oralement(dossier, acteur)),
    }
