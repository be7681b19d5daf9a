"""`manage.py charger_table_requisitions [fichier]`: load the decision table; idempotent, all or nothing."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from requisitions.table import TableInvalide, charger, lire

FICHIER = Path("donnees") / "table-requisitions.yaml"


class Command(BaseCommand):
    help = "Charge la table de décision des réquisitions (cadre × type d’acte)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("fichier", nargs="?", type=Path, default=settings.RACINE / FICHIER)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            ajoutees = charger(lire(options["fichier"]))
        except (TableInvalide, OSError) as erreur:
            raise CommandError(str(erreur)) from erreur
        self.stdout.write(f"{ajoutees} combinaisons chargées." if ajoutees else "Cette édition est déjà chargée.")
