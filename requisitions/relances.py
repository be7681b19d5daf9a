"""A seal asked back is followed although its case is closed: each reminder that falls due tells legal affairs."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from accounts.models import User
from dossiers.models import Echeance
from notifications.boite_envoi import publier
from requisitions.circuit import DAJ
from requisitions.notifications import prevenir_de
from requisitions.workflow.restitution import ECHEANCE

SUJET = "requisition.relance"


def relancer() -> None:
    """At each tick: one notice for each date reached; a reminder noted meanwhile has moved the date."""
    dues = Echeance.objects.filter(nom=ECHEANCE, tenue_le=None, echeance_le__lte=timezone.now())
    for pk, echeance_le in dues.values_list("pk", "echeance_le"):
        publier(SUJET, cle_unique=f"relance:{pk}:{echeance_le:%Y%m%d}", charge={"echeance": pk})


def prevenir_de_la_relance(charge: Mapping[str, Any]) -> None:
    """Carry out `requisition.relance`: idempotent."""
    echeance = Echeance.objects.select_related("dossier").filter(pk=charge["echeance"], tenue_le=None).first()
    if echeance is None:
        return
    juristes = User.objects.filter(
        rattachements__service__code=DAJ, rattachements__fin_le=None, is_active=True
    ).distinct()
    cle = f"relance:{echeance.pk}:{echeance.echeance_le:%Y%m%d}"
    prevenir_de(juristes, echeance.dossier, cle, "Restitution à suivre")
