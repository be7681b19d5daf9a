"""The outbox: publish inside the transaction, relay afterwards. A row survives any crash and runs at least once."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from notifications.models import Envoi
from notifications.portee import portee_systeme

Traitement = Callable[[Mapping[str, Any]], None]
_traitements: dict[str, Traitement] = {}
ESSAIS = 8


def traiter_par(sujet: str) -> Callable[[Traitement], Traitement]:
    """Register the idempotent function that carries out a subject; called in AppConfig.ready()."""

    def enregistrer(fonction: Traitement) -> Traitement:
        _traitements[sujet] = fonction
        return fonction

    return enregistrer


def publier(sujet: str, *, cle_unique: str, charge: Mapping[str, Any], pas_avant: datetime | None = None) -> None:
    """Write an outbox row in the caller's transaction; the same unique key is written once."""
    envoi = Envoi(sujet=sujet, cle_unique=cle_unique, charge=dict(charge), pas_avant=pas_avant or timezone.now())
    Envoi.objects.bulk_create([envoi], ignore_conflicts=True)


@transaction.atomic
def relayer(confier: Callable[[int], Any], lot: int = 100) -> int:
    """Hand waiting rows to `confier(envoi_id)`; several relays may run. Returns how many were handed over.

    A row handed over but not done within two minutes is handed over again.
    """
    maintenant = timezone.now()
    perdus = Envoi.objects.filter(fait_le=None, relaye_le__lt=maintenant - timedelta(minutes=2), tentatives__lt=ESSAIS)
    perdus.update(relaye_le=None)
    envois = list(
        Envoi.objects.select_for_update(skip_locked=True)
        .filter(relaye_le=None, pas_avant__lte=maintenant, tentatives__lt=ESSAIS)
        .order_by("pas_avant", "pk")[:lot]
    )
    for envoi in envois:
        envoi.relaye_le = maintenant
        envoi.tentatives += 1
        envoi.save(update_fields=["relaye_le", "tentatives"])
    transaction.on_commit(lambda: [confier(envoi.pk) for envoi in envois] and None)
    return len(envois)


def executer(envoi_id: int) -> None:
    """Carry out one outbox row; done rows are skipped, so a second delivery is harmless."""
    with transaction.atomic():
        envoi = Envoi.objects.select_for_update(skip_locked=True).filter(pk=envoi_id, fait_le=None).first()
        if envoi is None:
            return
        with portee_systeme("Le travailleur exécute une ligne de la boîte d’envoi."):
            _traitements[envoi.sujet](envoi.charge)
        envoi.fait_le = timezone.now()
        envoi.save(update_fields=["fait_le"])
