"""`manage.py charger_conservation [fichier]`: load the retention table; idempotent, all or nothing."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from dossiers.conservation.bareme import BaremeInvalide, charger, lire

FICHIER = Path("donnees") / "conservation.yaml"


class Command(BaseCommand):
    help = "Charge les durées de conservation. Une règle déjà connue n’est pas modifiée."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("fichier", nargs="?", type=Path, default=settings.RACINE / FICHIER)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            ajoutees = charger(lire(options["fichier"]))
        except (BaremeInvalide, OSError) as erreur:
            raise CommandError(str(erreur)) from erreur
        self.stdout.write(f"{ajoutees} règles chargées." if ajoutees else "Les durées sont déjà chargées.")
