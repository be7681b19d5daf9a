from typing import Any

from django.core.management.base import BaseCommand, CommandError

from journal.chaine import verifier
from journal.models import Entree


class Command(BaseCommand):
    help = "Recalcule toutes les chaînes du journal et nomme la première entrée fausse de chacune."

    def handle(self, *args: Any, **options: Any) -> None:
        ruptures = verifier()
        for rupture in ruptures:
            self.stderr.write(f"Chaîne {rupture.chaine} rompue à l’événement n° {rupture.numero} : {rupture.raison}.")
        if ruptures:
            raise CommandError("Le journal n’est pas intègre.")
        self.stdout.write(f"Journal intègre : {Entree.objects.count()} entrées vérifiées.")
