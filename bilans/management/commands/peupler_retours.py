from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.demonstration import COMPTES
from accounts.models import User
from bilans import demonstration, demonstration_comite


class Command(BaseCommand):
    help = "Ajoute dix retours d’expérience fictifs et deux réunions du comité, après peupler_demo."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.MODE_DEMONSTRATION:
            raise CommandError("Cette commande ne sert qu’en démonstration (MODE_DEMONSTRATION=1).")
        if not User.objects.filter(courriel=COMPTES[0].courriel).exists():
            raise CommandError("Les comptes manquent\u00a0: lancez d’abord «\u00a0manage.py peupler_demo\u00a0».")
        nombre, reunions = demonstration.peupler(), demonstration_comite.peupler()
        faits = f"{nombre} retours d’expérience, {reunions} réunions du comité."
        self.stdout.write(faits if nombre or reunions else "Déjà peuplé\u00a0: rien n’est ajouté.")
