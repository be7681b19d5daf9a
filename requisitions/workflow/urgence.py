"""An urgent demand is confirmed by somebody else than its author."""

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from dossiers.models import Dossier
from dossiers.suivi import relater, verrouiller
from requisitions.policies import peut_confirmer_urgence
from requisitions.workflow.table import ouverte
from transitions.workflow import TransitionRefusee


@transaction.atomic
def confirmer_urgence(*, dossier: Dossier, acteur: Acteur) -> None:
    dossier = verrouiller(dossier)
    verdict = peut_confirmer_urgence(dossier, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    lettre = ouverte(dossier)
    if lettre.urgence_confirmee_le or lettre.fige_le:
        raise TransitionRefusee("L’urgence est déjà confirmée.")
    lettre.urgence_confirmee_le, lettre.urgence_confirmee_par_id = timezone.now(), acteur.utilisateur_id
    lettre.save()
    relater(dossier=dossier, nom="confirmer_urgence", libelle="Urgence confirmée", acteur=acteur)
