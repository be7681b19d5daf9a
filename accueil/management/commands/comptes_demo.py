from typing import Any

from django.core.management.base import BaseCommand

from accounts.demonstration import MOT_DE_PASSE, comptes_demo


class Command(BaseCommand):
    help = "Montre les comptes de démonstration."

    def handle(self, *args: Any, **options: Any) -> None:
        comptes = comptes_demo()
        largeur = max(len(courriel) for courriel, _ in comptes)
        self.stdout.write(f"Comptes de démonstration, mot de passe « {MOT_DE_PASSE} » :")
        for courriel, qui in comptes:
            self.stdout.write(f"  {courriel:<{largeur}}  {qui}")
