"""The one Celery task of the outbox; its argument is an opaque row id."""

from celery import shared_task

from notifications.boite_envoi import executer


@shared_task(name="notifications.executer", soft_time_limit=300, time_limit=330)  # type: ignore[untyped-decorator]
def executer_envoi(envoi_id: int) -> None:
    executer(envoi_id)
