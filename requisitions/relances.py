"""What time alone brings: a seal asked back is followed although its case is closed, a silent Ordre is reminded."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from convention.gardes import de_garde
from dossiers.models import Echeance
from notifications.boite_envoi import publier
from requisitions.circuit import DAJ, GARDE, ORDRE, service
from requisitions.notifications import prevenir_de
from requisitions.ordre import ATTENDUE
from requisitions.ordre import ECHEANCE as REPONSE_DE_L_ORDRE
from requisitions.workflow.restitution import ECHEANCE

SUJET, SUJET_ORDRE = "requisition.relance", "requisition.ordre"
RATTRAPAGE = timedelta(days=3)


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
    juristes = _gens(DAJ)
    cle = f"relance:{echeance.pk}:{echeance.echeance_le:%Y%m%d}"
    prevenir_de(juristes, echeance.dossier, cle, "Restitution à suivre")


def _gens(*codes: str) -> QuerySet[User]:
    places = {"rattachements__service__code__in": codes, "rattachements__fin_le": None}
    return User.objects.filter(**places, is_active=True).distinct()


def relancer_l_ordre() -> None:
    """At each tick: one reminder a summons that nobody answered in time, unless the operation is over."""
    maintenant = timezone.now()
    dues = Echeance.objects.filter(
        nom=REPONSE_DE_L_ORDRE,
        tenue_le=None,
        echeance_le__range=(maintenant - RATTRAPAGE, maintenant),
        dossier__etat__in=ATTENDUE,
    )
    for pk in dues.order_by("pk").values_list("pk", flat=True):
        publier(SUJET_ORDRE, cle_unique=f"ordre:{pk}", charge={"echeance": pk})


def prevenir_l_ordre(charge: Mapping[str, Any]) -> None:
    """Carry out `requisition.ordre`: whoever is on duty at the Ordre, everybody there when nobody is; legal affairs."""
    attendues = Echeance.objects.select_related("dossier").filter(tenue_le=None, dossier__etat__in=ATTENDUE)
    echeance = attendues.filter(pk=charge["echeance"]).first()
    if echeance is None:
        return
    garde = de_garde(timezone.now()).filter(service=service(ORDRE)).first()
    ordre = User.objects.filter(pk=garde.titulaire_id) if garde else _gens(ORDRE)
    cle = f"ordre:{echeance.pk}"
    prevenir_de(ordre, echeance.dossier, cle, "Confirmez la présence d’un conseiller")
    prevenir_de(_gens(DAJ, GARDE), echeance.dossier, cle, "L’Ordre n’a pas répondu, appelez son astreinte")
