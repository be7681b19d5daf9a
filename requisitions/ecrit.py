"""The written act of an oral demand (R-10): who may join it, and when it came."""

from datetime import datetime

from convention.acteur import Acteur
from dossiers.models import Dossier
from requisitions.etats import AVANT_REMISE
from requisitions.lecture.affaire import memes_actes
from requisitions.models import Requisition
from requisitions.policies import RECEVANTS, SORTIE, agit, est_requerant
from transitions.verdict import OUI, Verdict, non

JOINDRE = "joindre_ecrit"


def peut_joindre_l_ecrit(dossier: Dossier, acteur: Acteur) -> Verdict:
    """The signed act of an oral demand: the unit that asked, or who received the paper at the counter."""
    if not dossier.requisition.orale:
        return non("Cette réquisition a été faite par écrit.")
    if dossier.etat not in AVANT_REMISE | SORTIE:
        return non("Cette réquisition n’attend plus d’écrit.")
    permis = est_requerant(dossier, acteur) or agit(dossier, acteur, *RECEVANTS)
    return (
        OUI
        if permis
        else non("L’écrit se joint par le service requérant, ou par les affaires juridiques qui l’ont reçu.")
    )


def confirmee_le(dossier: Dossier, r: Requisition) -> datetime | None:
    """A letter that has left is frozen: what came after it stands in the timeline."""
    if r.confirmation_ecrite_le or not r.orale:
        return r.confirmation_ecrite_le
    joint = dossier.evenements.filter(nom=JOINDRE).first()
    return joint.le if joint else None


def attend_l_ecrit(dossier: Dossier, acteur: Acteur) -> Verdict:
    """Whether this person may join it, and nobody did."""
    verdict = peut_joindre_l_ecrit(dossier, acteur)
    if verdict and confirmee_le(dossier, dossier.requisition):
        return non("L’écrit est déjà joint.")
    return verdict


def en_attente_du_meme_ecrit(dossier: Dossier, acteur: Acteur) -> list[Dossier]:
    """The other demands of the act that the same paper confirms."""
    return [autre for autre in memes_actes(dossier, acteur) if attend_l_ecrit(autre, acteur)]
