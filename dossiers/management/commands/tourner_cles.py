from functools import partial
from typing import Any

from django.core.management.base import BaseCommand

from convention import sceau_facteurs
from documents import rotation
from documents.cles import trousseau
from notifications.portee import portee_systeme

PORTEE = partial(portee_systeme, "une nouvelle clé maîtresse rechiffre les valeurs de tous les dossiers")


class Command(BaseCommand):
    help = "Passe les clés des fichiers et les champs chiffrés sous la clé maîtresse courante. Se relance sans risque."

    def handle(self, *args: Any, **options: Any) -> None:
        fichiers, champs = rotation.tourner_fichiers(), rotation.tourner_champs(PORTEE) + sceau_facteurs.tourner()
        self.stdout.write(f"Clé courante : {trousseau().courante}. Fichiers : {fichiers}. Valeurs : {champs}.")
        if restes := rotation.restes(PORTEE) | sceau_facteurs.restes():
            self.stdout.write(f"Encore en usage : {', '.join(sorted(restes))}. Relancez la commande.")
        else:
            self.stdout.write("Les autres clés ne servent plus : retirez-les du trousseau.")
