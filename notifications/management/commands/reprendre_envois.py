from typing import Any

from django.core.management.base import BaseCommand

from notifications.boite_envoi import reprendre


class Command(BaseCommand):
    help = "Remet en attente les envois dont tous les essais ont échoué, une fois la panne réparée."

    def handle(self, *args: Any, **options: Any) -> None:
        nombre = reprendre()
        accord = "s" if nombre > 1 else ""
        self.stdout.write(f"{nombre} envoi{accord} remis en attente." if nombre else "Aucun envoi n’est en échec.")
