from typing import Any

from django.core.management.base import BaseCommand

from journal.ancres import ancrer, ecrire, temoins_de


class Command(BaseCommand):
    help = "Relève maintenant la tête de chaque chaîne et l’affiche ; à garder hors de ce serveur."

    def handle(self, *args: Any, **options: Any) -> None:
        releve = ancrer()
        self.stdout.write(ecrire(temoins_de(releve)) if releve else "Le journal est vide : rien à relever.")
