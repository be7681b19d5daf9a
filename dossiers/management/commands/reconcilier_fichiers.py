from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents.rapprochement import rapprocher
from notifications.portee import portee_systeme


class Command(BaseCommand):
    help = "Compare les fichiers gardés et la base : ramasse ce qui est sans emploi, nomme ce qui manque."

    def handle(self, *args: Any, **options: Any) -> None:
        with portee_systeme("un fichier n’est sans emploi que si aucun dossier, vu ou non, ne le porte"):
            bilan = rapprocher()
        self.stdout.write(f"Orphelins ramassés : {bilan.orphelins}. Fichiers sans emploi : {bilan.sans_emploi}.")
        if bilan.manquants:
            liste = "\n".join(bilan.manquants)
            raise CommandError(f"Il manque {len(bilan.manquants)} fichiers, à reprendre d’une sauvegarde :\n{liste}")
