"""What a test reads of the vault: a file in the place it is bound to."""

from documents import coffre
from documents.models import Fichier


def lire(fichier: Fichier) -> bytes:
    return coffre.lire(fichier, fichier.attache)
