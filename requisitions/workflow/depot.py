"""The requester deposits."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from documents.models import Fichier
from dossiers.models import Dossier, Personne
from requisitions.circuit import service
from requisitions.models import Requisition
from requisitions.policies import DEPOSANTS, peut_deposer
from requisitions.workflow.enregistrement import Cible, Envoi, enregistrer
from transitions.workflow import TransitionRefusee


@transaction.atomic
def deposer(
    *,
    cle_depot: UUID,
    lettre: Requisition,
    personne: Personne | None,
    fichier: Fichier | None,
    urgence: str,
    acteur: Acteur,
    appui: Fichier | None = None,
    autres: Sequence[Cible] = (),
) -> Dossier:
    """Turn a written requisition into a case, and each of `autres` into its own. The same `cle_depot` gives the same.

    What disappears is frozen at once, even when the requisition is irregular. Returns the first case.
    """
    verdict = peut_deposer(acteur)
    place = acteur.place(*DEPOSANTS)
    if not verdict or place is None:
        raise TransitionRefusee(verdict.raison)
    requerant = service(place.service_code)
    for une in (lettre, *(autre.lettre for autre in autres)):
        # Who requires comes from the account, never from the form.
        une.service_requerant = requerant
        une.autorite_nom, une.autorite_qualite, une.matricule = acteur.nom, place.qualite, place.matricule
    libelle = "Réquisition déposée"
    envoi = Envoi(cle_depot, lettre, personne, fichier, urgence, timezone.now(), libelle)
    return enregistrer(replace(envoi, appui=appui, autres=tuple(autres)), place, acteur)
