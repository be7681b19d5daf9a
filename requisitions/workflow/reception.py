"""What the hospital writes down for a requester who came, called or wrote: the same record as a deposit."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from documents.models import Fichier
from dossiers.models import Dossier, Personne
from requisitions.models import Requisition
from requisitions.policies import RECEVANTS, peut_recevoir
from requisitions.workflow.enregistrement import Cible, Envoi, enregistrer
from transitions.workflow import TransitionRefusee

Canal = Requisition.Canal
# A demand found later than that is asked again: its deadline and what was to be frozen are long past.
ANCIENNETE = timedelta(days=30)
LIBELLES = {
    Canal.MAIN_PROPRE: "Réquisition reçue au guichet",
    Canal.TELEPHONE: "Réquisition reçue par téléphone",
    Canal.PAPIER: "Réquisition reçue par courrier ou télécopie",
    Canal.COURRIEL: "Réquisition reçue par courriel",
}


def heure_possible(recue_le: datetime, maintenant: datetime) -> str:
    """Why this hour of reception cannot be, in words; empty when it can."""
    if recue_le > maintenant:
        return "Cette heure n’est pas encore passée."
    if recue_le < maintenant - ANCIENNETE:
        return "Cette réception date de plus de trente jours\u00a0: demandez au service une nouvelle réquisition."
    return ""


@transaction.atomic
def recevoir(
    *,
    cle_depot: UUID,
    lettre: Requisition,
    personne: Personne | None,
    fichier: Fichier | None,
    urgence: str,
    recue_le: datetime,
    acteur: Acteur,
    appui: Fichier | None = None,
    papier: str = "",
    autres: Sequence[Cible] = (),
) -> Dossier:
    """`lettre` says who requires, as read on the act: nothing leaves before that service is called back (R-09, R-43).

    Deadlines and the preservation order run from `recue_le`. `papier` is the number of our own form, filled in an
    outage: it is that of the first case. `autres` become a case each.
    """
    verdict = peut_recevoir(acteur)
    place = acteur.place(*RECEVANTS)
    if not verdict or place is None:
        raise TransitionRefusee(verdict.raison)
    if lettre.canal not in LIBELLES:
        raise TransitionRefusee("Dites comment la réquisition est arrivée.")
    if faute := heure_possible(recue_le, timezone.now()):
        raise TransitionRefusee(faute)
    libelle = LIBELLES[Canal(lettre.canal)]
    envoi = Envoi(cle_depot, lettre, personne, fichier, urgence, recue_le, libelle, papier, appui, tuple(autres))
    return enregistrer(envoi, place, acteur)
