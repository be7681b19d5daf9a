import uuid
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from documents import coffre
from documents.models import Effacement, Fichier


class Command(BaseCommand):
    help = "Après une restauration, efface de nouveau les fichiers du registre des effacements."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("registre", nargs="?", type=Path, help="Le registre écrit par --exporter, plus récent.")
        parser.add_argument("--exporter", type=Path, help="Écrit le registre dans ce fichier.")

    def handle(self, *args: Any, registre: Path | None = None, exporter: Path | None = None, **options: Any) -> None:
        if exporter:
            lignes = [str(cle) for cle in Effacement.objects.order_by("pk").values_list("fichier_cle", flat=True)]
            exporter.write_text("".join(f"{ligne}\n" for ligne in lignes), encoding="ascii")
            self.stdout.write(f"Registre écrit : {len(lignes)} effacements.")
            return
        cles = set(Effacement.objects.values_list("fichier_cle", flat=True))
        if registre:
            cles |= {uuid.UUID(ligne) for ligne in registre.read_text(encoding="ascii").split()}
        vivants = list(Fichier.objects.filter(cle__in=cles, cle_fichier__isnull=False))
        for fichier in vivants:
            coffre.effacer(fichier, motif="restauration")
        self.stdout.write(f"Effacés de nouveau : {len(vivants)} sur {len(cles)} effacements.")
