"""When packs are made: every night, at the first tick that can when the night was missed, and when somebody asks."""

import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accueil.models import PackSecours
from convention.acteur import rattachements_valides
from convention.models import Institution
from notifications.boite_envoi import publier

NUIT = range(2, 6)
MANQUE = timedelta(hours=26)
PERIME = timedelta(hours=36)


def tour_des_packs() -> None:
    """Beat tick: once a day, at night. A night without worker is caught up as soon as one is back."""
    maintenant = timezone.localtime()
    dernier = PackSecours.objects.values_list("produit_le", flat=True).first()
    en_retard = dernier is not None and dernier < maintenant - MANQUE
    if maintenant.hour in NUIT or en_retard:
        publier("secours.preparer", cle_unique=f"secours.preparer:{maintenant:%Y-%m-%d}", charge={})


def preparer(charge: Mapping[str, Any]) -> None:
    """One outbox row an institution, so that a failure in one costs nothing to the others."""
    jour = timezone.localdate()
    institutions = rattachements_valides().order_by().values_list("service__institution", flat=True).distinct()
    for cle in sorted(institutions):
        publier("secours.composer", cle_unique=f"secours.composer:{jour}:{cle}", charge={"institution": cle})


def composer(charge: Mapping[str, Any]) -> None:
    from accueil.secours.composition import composer as faire  # loads the PDF engine

    faire(Institution.objects.get(pk=charge["institution"]))


def demander(institution_id: int) -> None:
    """Asked from the page; twice in the same five minutes is once."""
    cle = f"secours.demande:{institution_id}:{int(time.time()) // 300}"
    publier("secours.composer", cle_unique=cle, charge={"institution": institution_id})


def est_perime(pack: PackSecours | None) -> bool:
    return pack is None or pack.produit_le < timezone.now() - PERIME
