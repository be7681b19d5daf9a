from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accueil.acces.reponse import acces, cles, est_authentique, extrait
from journal.carnet import noter


class Command(BaseCommand):
    help = "Dit qui a eu accès à un dossier entre deux jours : quoi, quand, pourquoi, d’où. L’extrait est signé."

    def add_arguments(self, parser: CommandParser) -> None:
        quoi = parser.add_mutually_exclusive_group(required=True)
        quoi.add_argument("--dossier", default="", help="référence ou clé du dossier")
        quoi.add_argument("--personne", type=UUID, help="clé de la personne")
        quoi.add_argument("--verifier", type=Path, metavar="EXTRAIT", help="vérifie la signature d’un extrait")
        parser.add_argument("--du", type=date.fromisoformat, help="premier jour, AAAA-MM-JJ")
        parser.add_argument("--au", type=date.fromisoformat, help="dernier jour, AAAA-MM-JJ")
        parser.add_argument("--sortie", type=Path, help="fichier où écrire l’extrait")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verifier"]:
            self._verifier(options["verifier"])
            return
        du, au = options["du"], options["au"]
        if du is None or au is None or du > au:
            raise CommandError("Donnez --du et --au, dans l’ordre : AAAA-MM-JJ.")
        trouvees = cles(dossier=options["dossier"], personne=options["personne"])
        if not trouvees:
            raise CommandError("Aucun dossier ne porte cette référence. Vérifiez-la, ou donnez sa clé.")
        entrees = acces(trouvees, du, au)
        noter(
            "extraire_acces",
            acteur=None,
            objet="journal",
            cle=trouvees[0],
            motif="VIOLATION",
            details={"du": du.isoformat(), "au": au.isoformat(), "entrees": len(entrees)},
        )
        texte = extrait(entrees)
        if options["sortie"]:
            options["sortie"].write_text(texte, encoding="utf-8")
            self.stdout.write(f"{len(entrees)} accès écrits dans {options['sortie']}.")
        else:
            self.stdout.write(texte, ending="")

    def _verifier(self, fichier: Path) -> None:
        if not est_authentique(fichier.read_text(encoding="utf-8")):
            raise CommandError("Cet extrait n’est pas celui que Trait d’union a signé. Demandez-en un nouveau.")
        self.stdout.write("Extrait authentique.")
