from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from journal.purge import PurgeRefusee, purger


class Command(BaseCommand):
    help = "Efface les années entières de plus de trois ans ; leur dernière empreinte reste l’origine de la suite."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--avant", type=int, required=True, metavar="ANNEE", help="première année gardée")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            effacees = purger(options["avant"])
        except PurgeRefusee as erreur:
            raise CommandError(str(erreur)) from erreur
        except DatabaseError as erreur:
            raise CommandError(
                "Rien n’a été effacé. Le journal se garde trois ans entiers, et seul le rôle propriétaire le purge : "
                "posez TDU_ROLE=proprietaire et donnez une année plus ancienne."
            ) from erreur
        for chaine, nombre in effacees.items():
            self.stdout.write(f"{chaine} : {nombre} entrées effacées.")
        if not effacees:
            self.stdout.write("Rien à effacer avant cette année.")
