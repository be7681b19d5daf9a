"""The key ring: master keys by name, the current one first. They wrap file keys; no database has them."""

import base64
import binascii
import os
from dataclasses import dataclass
from functools import cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from documents.liaison import refuser_ancien

SANS_NOM = "k0"


class CleInconnue(ValueError):
    """Sealed under a master key that the ring no longer holds."""


@dataclass(frozen=True, slots=True)
class Trousseau:
    courante: str
    maitresses: dict[str, bytes]

    def maitresse(self, kid: str) -> bytes:
        if kid not in self.maitresses:
            raise CleInconnue(f"La clé maîtresse «\u00a0{kid}\u00a0» manque au trousseau\u00a0: remettez-la.")
        return self.maitresses[kid]


def trousseau() -> Trousseau:
    """The ring as it stands: a file of keys is read again when it changes, so that rotation stops nothing."""
    chemin = settings.CLE_MAITRESSE_FICHIER
    if not chemin:
        return _lire(settings.CLE_MAITRESSE)
    etat = os.stat(chemin)
    if etat.st_mode & 0o007:
        raise ImproperlyConfigured("Le fichier des clés maîtresses est lisible par tous\u00a0: passez-le à 440.")
    return _lire_fichier(chemin, etat.st_mtime_ns, etat.st_ino)


@cache
def _lire_fichier(chemin: str, modifie: int, inode: int) -> Trousseau:
    with open(chemin, encoding="ascii") as fichier:
        return _lire(fichier.read())


@cache
def _lire(texte: str) -> Trousseau:
    """One `name:base64` a line (or separated by commas), the current key first; a key alone is called `k0`."""
    maitresses: dict[str, bytes] = {}
    for ligne in texte.replace(",", "\n").split():
        nom, separe, valeur = ligne.rpartition(":")
        kid = nom if separe else SANS_NOM
        try:
            cle = base64.b64decode(valeur, validate=True)
        except binascii.Error:
            cle = b""
        if len(cle) != 32 or not kid.isascii() or len(kid) > 20 or kid in maitresses:
            raise ImproperlyConfigured(
                f"La clé maîtresse «\u00a0{kid}\u00a0» est double, ou ne compte pas 32 octets en base64."
            )
        maitresses[kid] = cle
    if not maitresses:
        raise ImproperlyConfigured("Aucune clé maîtresse\u00a0: donnez CLE_MAITRESSE ou CLE_MAITRESSE_FICHIER.")
    return Trousseau(next(iter(maitresses)), maitresses)


@cache
def cle_des_champs(maitresse: bytes) -> bytes:
    """The key that seals fields: derived, so that a master key itself only ever wraps."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"trait-d-union champs").derive(maitresse)


def nouvelle_cle() -> bytes:
    return AESGCM.generate_key(bit_length=256)


@cache
def _cle_des_cles(maitresse: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"trait-d-union cles de fichiers").derive(maitresse)


# A wrap of before ADR 18 (AES-KW, bound to nothing); since then: nonce, sealed key, tag.
ANCIENNE_TAILLE = 40


def emballer(cle: bytes, lien: str) -> tuple[str, bytes]:
    """A file key wrapped under the current master key for one case and one file, and the name of that master key."""
    kid, nonce = trousseau().courante, os.urandom(12)
    return kid, nonce + AESGCM(_cle_des_cles(trousseau().maitresse(kid))).encrypt(nonce, cle, f"{kid}|{lien}".encode())


def deballer(kid: str, emballee: bytes, lien: str) -> bytes:
    """Raises InvalidTag when the key was wrapped for another case or another file."""
    maitresse = trousseau().maitresse(kid)
    if len(emballee) == ANCIENNE_TAILLE:
        refuser_ancien()
        return aes_key_unwrap(maitresse, emballee)
    return AESGCM(_cle_des_cles(maitresse)).decrypt(emballee[:12], emballee[12:], f"{kid}|{lien}".encode())
