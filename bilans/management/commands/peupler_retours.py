from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.demonstration import COMPTES
from accounts.models import User
from bilans.demonstration import peupler


class Command(BaseCommand):
    help = "Ajoute dix retours d’expérience fictifs dans tous leurs états, après peupler_demo."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.MODE_DEMONSTRATION:
            raise CommandError("Cette commande ne sert qu’en démonstration (MODE_DEMONSTRATION=1).")
        if not User.objects.filter(courriel=COMPTES[0].courriel).exists():
            raise CommandError("Les comptes manquent : lancez d’abord « manage.py peupler_demo ».")
        nombre = peupler()
        self.stdout.write(f"{nombre} retours d’expérience." if nombre else "Déjà peuplé : rien n’est ajouté.")
