"""The beat tick: registered scans of deadlines and retention, one at a time over all workers."""

from collections.abc import Callable

from django.db import connection, transaction

from notifications.portee import portee_systeme

_tours: list[Callable[[], None]] = []
VERROU = 730_526


def a_chaque_tour(tour: Callable[[], None]) -> Callable[[], None]:
    """Register an idempotent scan; called in AppConfig.ready()."""
    _tours.append(tour)
    return tour


def battre() -> bool:
    """Run every scan once, unless another worker is doing so."""
    with transaction.atomic(), connection.cursor() as curseur:
        curseur.execute("SELECT pg_try_advisory_xact_lock(%s)", [VERROU])
        if not curseur.fetchone()[0]:
            return False
        with portee_systeme("L’horloge parcourt les échéances et les durées de conservation."):
            for tour in _tours:
                tour()
    return True
