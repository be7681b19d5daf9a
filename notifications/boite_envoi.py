"""The outbox: publish inside the transaction, relay afterwards. A row survives any crash and runs at least once."""

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from celery.exceptions import OperationalError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from notifications.models import Envoi
from notifications.portee import portee_systeme

Traitement = Callable[[Mapping[str, Any]], None]
_traitements: dict[str, Traitement] = {}
ESSAIS = 10
# A row handed over and not done starts again after two minutes, then after twice as long each time: the tries last a
# night, and what is exhausted is said and taken up again (docs/guides/envois.md).
PATIENCE = timedelta(minutes=2)
journal = logging.getLogger(__name__)


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
    """Hand waiting rows to `confier(envoi_id)`; several relays may run. Returns how many were handed over."""
    maintenant = timezone.now()
    _sans_nouvelles(maintenant, range(ESSAIS)).update(relaye_le=None)
    for envoi in _sans_nouvelles(maintenant, [ESSAIS]).select_for_update(skip_locked=True):
        journal.error(
            "Un envoi n’est pas parti après %s essais : manage.py reprendre_envois. Envoi %s.", ESSAIS, envoi.pk
        )
        Envoi.objects.filter(pk=envoi.pk).update(relaye_le=None)
    envois = list(
        Envoi.objects.select_for_update(skip_locked=True)
        .filter(relaye_le=None, pas_avant__lte=maintenant, tentatives__lt=ESSAIS)
        .order_by("pas_avant", "pk")[:lot]
    )
    for envoi in envois:
        envoi.relaye_le = maintenant
        envoi.tentatives += 1
        envoi.save(update_fields=["relaye_le", "tentatives"])
    transaction.on_commit(lambda: _confier([envoi.pk for envoi in envois], confier))
    return len(envois)


def _sans_nouvelles(maintenant: datetime, essais: Iterable[int]) -> QuerySet[Envoi]:
    """Rows handed over so many times, not done, whose time to start again has come."""
    echus = Q(pk=None)
    for rang in essais:
        echus |= Q(tentatives=rang, relaye_le__lt=maintenant - PATIENCE * 2 ** max(rang - 1, 0))
    return Envoi.objects.filter(echus, fait_le=None)


def _confier(envois: list[int], confier: Callable[[int], Any]) -> None:
    """A courier out of reach is done without: what it did not take is carried out here, one row after the other."""
    for rang, envoi in enumerate(envois):
        try:
            confier(envoi)
        except OperationalError:
            _Courrier.dire(absent=True)
            _executer_ici(envois[rang:])
            return
    if envois:
        _Courrier.dire(absent=False)


class _Courrier:
    """Whether Redis was out of reach last time: said when it changes, not at each row."""

    absent = False

    @classmethod
    def dire(cls, *, absent: bool) -> None:
        if absent == cls.absent:
            return
        cls.absent = absent
        if absent:
            journal.warning("Redis ne répond pas : le relais exécute lui-même les envois.")
        else:
            journal.warning("Redis répond de nouveau.")


def _executer_ici(envois: list[int]) -> None:
    """A row that fails keeps its place for the next try and stops no other."""
    for envoi in envois:
        try:
            executer(envoi)
        except Exception as erreur:
            journal.error("Un envoi a échoué : %s. Envoi %s.", type(erreur).__name__, envoi)


def reprendre() -> int:
    """Rows whose tries are exhausted start again from the first one; returns how many."""
    return Envoi.objects.filter(fait_le=None, tentatives__gte=ESSAIS).update(tentatives=0, relaye_le=None)


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
