"""The vault of files: sealed before they touch the disk, opened in memory only."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from documents.chiffrement import chiffrer, deballer, dechiffrer, nouvelle_cle
from documents.models import Fichier


class FichierIndisponible(Exception):
    """The file is not ready to be served, or was erased."""


def deposer(contenu: bytes, *, extension: str, type_mime: str, etat: Fichier.Etat = Fichier.Etat.PRET) -> Fichier:
    """Seal bytes under a key of their own and keep them; returns the row."""
    cle, emballee = nouvelle_cle()
    fichier = Fichier(
        extension=extension,
        type_mime=type_mime,
        taille=len(contenu),
        empreinte=hashlib.sha256(contenu).hexdigest(),
        cle_emballee=emballee,
        etat_fichier=etat,
    )
    default_storage.save(_nom(fichier), ContentFile(chiffrer(contenu, str(fichier.cle), cle)))
    fichier.save()
    return fichier


def lire(fichier: Fichier) -> bytes:
    """The clear bytes of a ready file; raises FichierIndisponible otherwise, InvalidTag if it was altered."""
    if fichier.etat_fichier != Fichier.Etat.PRET:
        raise FichierIndisponible("Ce fichier n’est pas encore prêt. Réessayez dans un instant.")
    with default_storage.open(_nom(fichier)) as flux:
        scelle = flux.read()
    return dechiffrer(scelle, str(fichier.cle), deballer(bytes(fichier.cle_emballee)))


def _nom(fichier: Fichier) -> str:
    return f"{fichier.cle.hex[:2]}/{fichier.cle.hex}"
