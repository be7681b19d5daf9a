from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fiches.chargement import DonneesInvalides, charger

MONTREES = 20


class Command(BaseCommand):
    help = "Vérifie puis charge la convention, l’annuaire et les fiches. Relancée, ne change rien."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dossier", default="donnees", help="dossier des fichiers (donnees par défaut)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            bilan = charger(Path(options["dossier"]))
        except DonneesInvalides as faute:
            reste = len(faute.erreurs) - MONTREES
            suite = [f"… et {reste} autres erreurs."] if reste > 0 else []
            entete = "Rien n’a été chargé. Corrigez d’abord :"
            raise CommandError("\n".join([entete, *faute.erreurs[:MONTREES], *suite])) from None
        for phrase in bilan.conserves:
            self.stdout.write(phrase)
        fait = f"{bilan.crees} lignes créées, {bilan.modifies} modifiées" if not bilan.rien else "rien à changer"
        self.stdout.write(f"Conventions : {fait}.")
