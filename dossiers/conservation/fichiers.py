"""Erasing files: the key goes with the transaction, and the outbox removes the bytes again if the process died."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from documents import coffre
from documents.models import Fichier
from notifications.boite_envoi import publier

SUJET = "conservation.effacer_octets"


def effacer_fichiers(fichiers: Iterable[int], *, motif: str) -> int:
    """Erase these files for ever; those already erased are left as they are. Returns how many went."""
    vivants = Fichier.objects.filter(pk__in=list(fichiers)).exclude(etat_fichier=Fichier.Etat.EFFACE)
    lignes = list(vivants.select_for_update().order_by("pk"))
    for fichier in lignes:
        coffre.effacer(fichier, motif=motif)
    if lignes:
        charge = {"fichiers": [fichier.pk for fichier in lignes]}
        publier(SUJET, cle_unique=f"{SUJET}:{uuid.uuid4()}", charge=charge)
    return len(lignes)


def effacer_octets(charge: Mapping[str, Any]) -> None:
    """Carry out the outbox subject; running it again is harmless."""
    for fichier in Fichier.objects.filter(pk__in=charge["fichiers"], etat_fichier=Fichier.Etat.EFFACE):
        coffre.detruire(fichier)
