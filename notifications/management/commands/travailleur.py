"""The worker process: relay of the outbox, Celery worker and beat tick in one, with Redis or without."""

import threading
from typing import Any

from celery import current_app
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from notifications.battement import battre
from notifications.boite_envoi import relayer
from notifications.tasks import executer_envoi


class Command(BaseCommand):
    help = "Relaie la boîte d’envoi, exécute les tâches et tient l’horloge des échéances."

    def handle(self, *args: Any, **options: Any) -> None:
        arret = threading.Event()
        for boucle, pause in ((self._relayer, 0.5), (self._battre, 30.0)):
            threading.Thread(target=self._tourner, args=(boucle, pause, arret), daemon=True).start()
        try:
            current_app.worker_main(
                ["--quiet", "worker", "--pool=threads", "--concurrency=2", "--loglevel=WARNING", "--without-mingle"]
            )
        finally:
            arret.set()

    def _tourner(self, boucle: Any, pause: float, arret: threading.Event) -> None:
        while not arret.wait(pause):
            close_old_connections()
            try:
                boucle()
            except Exception as erreur:  # the loop must outlive a database restart
                self.stderr.write(f"travailleur : {type(erreur).__name__}")

    @staticmethod
    def _relayer() -> None:
        while relayer(executer_envoi.delay):
            pass

    @staticmethod
    def _battre() -> None:
        battre()
