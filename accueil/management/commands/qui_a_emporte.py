"""A file was found where it should not be: who took this copy, and when."""

import hashlib
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from documents.marque import demarquer
from journal.models import Entree


class Command(BaseCommand):
    help = "Dit qui a emporté un fichier trouvé : la marque de sa copie, et chaque remise du même contenu au journal."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("fichier", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        contenu, marque = demarquer(options["fichier"].read_bytes())
        empreinte = hashlib.sha256(contenu).hexdigest()
        remises = Entree.objects.filter(contenu__contains=f'"sha256":"{empreinte}"').order_by("le", "pk")
        if not remises:
            raise CommandError("Le journal ne connaît pas ce contenu : il a été modifié, ou ne vient pas d’ici.")
        if marque:
            self.stdout.write(f"Cette copie : {marque}")
        for entree in remises:
            details = json.loads(entree.contenu)["details"]
            self.stdout.write(
                f"{entree.le:%Y-%m-%dT%H:%M:%SZ} {entree.chaine} n° {entree.numero} : {details['remise']},"
                f" exemplaire {details['exemplaire']}, compte {entree.acteur or 'visiteur'}"
            )
