"""What went through on somebody's word and is due in writing within a day: an oral demand (R-10), a point lifted."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from notifications.boite_envoi import publier
from requisitions.circuit import DAJ
from requisitions.ecrit import confirmee_le
from requisitions.etats import AVANT_REMISE, REMISE
from requisitions.models import Derogation, Requisition
from requisitions.notifications import gens, prevenir_de

SUJET_ECRIT, SUJET_POINT = "requisition.ecrit_du", "requisition.point_du"
SOUS = timedelta(hours=24)
RATTRAPAGE = timedelta(days=3)


def rappeler() -> None:
    """At each tick, once each: what should have come by now."""
    maintenant = timezone.now()
    recents = (maintenant - SOUS - RATTRAPAGE, maintenant - SOUS)
    orales = Requisition.objects.filter(orale=True, confirmation_ecrite_le=None, dossier__transmis_le__range=recents)
    for pk in orales.filter(dossier__etat__in=AVANT_REMISE | {REMISE}).order_by("pk").values_list("pk", flat=True):
        publier(SUJET_ECRIT, cle_unique=f"ecrit-du:{pk}", charge={"requisition": pk})
    leves = Derogation.objects.filter(regulariser_avant__range=(maintenant - RATTRAPAGE, maintenant))
    for pk in leves.order_by("pk").values_list("pk", flat=True):
        publier(SUJET_POINT, cle_unique=f"point-du:{pk}", charge={"derogation": pk})


def prevenir_de_l_ecrit(charge: Mapping[str, Any]) -> None:
    """Carry out `requisition.ecrit_du`: idempotent, silent once the written act came."""
    r = Requisition.objects.select_related("dossier", "service_requerant").get(pk=charge["requisition"])
    if not confirmee_le(r.dossier, r):
        destinataires = gens(DAJ, r.service_requerant.code)
        prevenir_de(destinataires, r.dossier, f"ecrit-du:{r.pk}", "Demande orale, écrit attendu depuis 24\u00a0heures")


def prevenir_du_point(charge: Mapping[str, Any]) -> None:
    """Carry out `requisition.point_du`: idempotent. Legal affairs alone know what an emergency let through."""
    levee = Derogation.objects.select_related("dossier").get(pk=charge["derogation"])
    mots = f"{levee.controle} levé en urgence vitale, à régulariser"
    prevenir_de(gens(DAJ), levee.dossier, f"point-du:{levee.pk}", mots)


TRAITEMENTS = {SUJET_ECRIT: prevenir_de_l_ecrit, SUJET_POINT: prevenir_du_point}
TOURS = (rappeler,)
