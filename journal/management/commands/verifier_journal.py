from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from journal.ancres import AncresIllisibles, lire
from journal.chaine import Temoin
from journal.horodatage import HorodatageRefuse, verifier_jeton
from journal.models import Ancre
from journal.verification import verifier_tout


class Command(BaseCommand):
    help = "Recalcule toutes les chaînes du journal, les compare aux empreintes gardées et nomme le premier défaut."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--ancres",
            action="append",
            default=[],
            metavar="FICHIER",
            help="empreintes gardées ailleurs : le texte des courriels reçus, ou un fichier JSON (répétable)",
        )
        parser.add_argument(
            "--autorite", metavar="FICHIER.pem", help="vérifie aussi chaque jeton d’horodatage sous ces certificats"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        constat = verifier_tout([temoin for nom in options["ancres"] for temoin in _lire(nom)])
        for rupture in constat.ruptures:
            self.stderr.write(f"Chaîne {rupture.chaine} rompue à l’événement n° {rupture.numero} : {rupture.raison}.")
        faux = self._jetons_faux(Path(options["autorite"])) if options["autorite"] else 0
        if constat.ruptures or faux:
            raise CommandError("Le journal n’est pas intègre. Gardez la base en l’état et prévenez le délégué.")
        self.stdout.write(f"Journal intègre : {constat.entrees} entrées vérifiées, {constat.ancres} empreintes tenues.")

    def _jetons_faux(self, autorite: Path) -> int:
        faux = 0
        for ancre in Ancre.objects.filter(genre=Ancre.Genre.HORODATAGE).order_by("pk"):
            try:
                verifier_jeton(ancre.racine, bytes(ancre.jeton or b""), autorite)
            except HorodatageRefuse as erreur:
                faux += 1
                self.stderr.write(f"Relevé {ancre.releve} : {erreur}")
        return faux


def _lire(nom: str) -> list[Temoin]:
    try:
        return lire(Path(nom).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, AncresIllisibles) as erreur:
        raise CommandError(f"{nom} : {erreur}") from erreur
