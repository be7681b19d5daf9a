"""The one Celery task of the outbox; its argument is an opaque row id."""

from typing import Any

from celery import shared_task
from celery.exceptions import InvalidTaskError
from celery.worker import strategy

from notifications.boite_envoi import executer


@shared_task(  # type: ignore[untyped-decorator]
    name="notifications.executer",
    soft_time_limit=300,
    time_limit=330,
    Strategy="notifications.tasks:recevoir_prudemment",
)
def executer_envoi(envoi_id: int) -> None:
    executer(envoi_id)


def recevoir_prudemment(*args: Any, **options: Any) -> Any:
    """Celery's own way of receiving a message, which a malformed one stops for good: here it is only discarded."""
    recevoir = strategy.default(*args, **options)

    def essayer(*message: Any, **suite: Any) -> Any:
        try:
            return recevoir(*message, **suite)
        except (TypeError, ValueError, KeyError, AttributeError) as erreur:
            raise InvalidTaskError(type(erreur).__name__) from None

    return essayer
