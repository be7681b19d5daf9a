import sys
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.demonstration import COMPTES
from accounts.models import User
from accueil.demonstration.actes import joindre_les_actes
from accueil.demonstration.peuplement import peupler
from accueil.demonstration.plis import garnir
from accueil.demonstration.suites import achever
from convention.models import Service
from fiches.models import VersionFiche

TRACES = 5000


class Command(BaseCommand):
    help = (
        "Crée les comptes, les permanences et des dossiers fictifs dans tous leurs états, sur douze mois. "
        "Même graine et même jour : mêmes dossiers ; seules les scènes du moment suivent l’heure. "
        f"Chaque dossier a son contenu ; les actes des {TRACES} derniers seulement sont au journal. "
        "Les dossiers fictifs n’ont ni pièce ni historique des valeurs, sauf les derniers plis remis. "
        "S’exécute avec le rôle propriétaire (TDU_ROLE=proprietaire)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dossiers", type=int, default=400, help="nombre de dossiers, de 1 à 1 000 000")
        parser.add_argument("--graine", type=int, default=2025, help="graine du tirage")

    def handle(self, *args: Any, **options: Any) -> None:
        nombre = options["dossiers"]
        if not 1 <= nombre <= 1_000_000:
            raise CommandError("--dossiers va de 1 à 1 000 000.")
        if not settings.MODE_DEMONSTRATION:
            raise CommandError("Cette commande ne sert qu’en démonstration (MODE_DEMONSTRATION=1).")
        if User.objects.filter(courriel=COMPTES[0].courriel).exists():
            self.stdout.write("Déjà peuplé : rien n’est ajouté.")
            return
        if not Service.objects.exists() or not VersionFiche.objects.exists():
            raise CommandError("La convention manque : lancez d’abord « manage.py charger_convention ».")
        debut = time.monotonic()
        with transaction.atomic():
            fait = peupler(nombre, options["graine"], self._avancer, traces=TRACES)
            achever()
            garnir()
            joindre_les_actes()
        sys.stderr.write("\n")
        duree = time.monotonic() - debut
        self.stdout.write(
            f"{sum(fait.etats.values())} dossiers dans {len(fait.etats)} états, {fait.entrees} actes au journal, "
            f"en {duree:.0f} s."
        )

    @staticmethod
    def _avancer(fait: int, total: int) -> None:
        """A bar of thirty signs on the error output."""
        plein = 30 * fait // max(total, 1)
        sys.stderr.write(f"\r  [{'█' * plein}{'·' * (30 - plein)}] {fait} / {total}")
        sys.stderr.flush()
