"""Sealed streams: AES-256-GCM by chunks, each bound to its place, its rank and the end (STREAM).

No more than a chunk or two is ever in memory, and what is cut, moved or changed raises InvalidTag.
"""

import io
import os
import tempfile
from typing import TYPE_CHECKING, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

MARQUE = b"TDU\x02"
PREFIXE = 7
ENTETE = len(MARQUE) + PREFIXE
MORCEAU = 256 * 1024
ETIQUETTE = 16
EN_MEMOIRE = 2 * 1024 * 1024


class Source(Protocol):
    """What is read here: a file, an upload, a sealed stream."""

    def read(self, taille: int = -1, /) -> bytes: ...
    def seek(self, place: int, origine: int = 0, /) -> int: ...
    def tell(self) -> int: ...
    def close(self) -> None: ...


class _Chiffre:
    """One file: its key, its place and its nonce prefix; the last chunk says that it is the last."""

    def __init__(self, cle: bytes, lieu: str, prefixe: bytes) -> None:
        self._aes, self._associe, self._prefixe = AESGCM(cle), MARQUE + lieu.encode(), prefixe

    def _nonce(self, rang: int, dernier: bool) -> bytes:
        return self._prefixe + rang.to_bytes(4, "big") + bytes([dernier])

    def sceller(self, rang: int, clair: bytes, *, dernier: bool) -> bytes:
        return self._aes.encrypt(self._nonce(rang, dernier), clair, self._associe)

    def ouvrir(self, rang: int, scelle: bytes, *, dernier: bool) -> bytes:
        return self._aes.decrypt(self._nonce(rang, dernier), scelle, self._associe)


class Scelleur(io.RawIOBase):
    """Reads clear bytes and gives sealed ones, for a storage that reads what it keeps."""

    def __init__(self, clair: Source, cle: bytes, lieu: str) -> None:
        prefixe = os.urandom(PREFIXE)
        self._clair, self._chiffre, self._rang = clair, _Chiffre(cle, lieu, prefixe), 0
        self._suivant: bytes | None = clair.read(MORCEAU) or b""
        self._pret = memoryview(MARQUE + prefixe)

    def readable(self) -> bool:
        return True

    def seek(self, place: int, origine: int = io.SEEK_SET) -> int:
        """Storages rewind before they read: allowed while nothing was read."""
        if place or origine or self._rang:
            raise io.UnsupportedOperation("seek")
        return 0

    def readinto(self, tampon: "WriteableBuffer") -> int:
        if not self._pret:
            self._avancer()
        vue = memoryview(tampon).cast("B")
        combien = min(len(vue), len(self._pret))
        vue[:combien] = self._pret[:combien]
        self._pret = self._pret[combien:]
        return combien

    def _avancer(self) -> None:
        if self._suivant is None:
            return
        courant, suivant = self._suivant, self._clair.read(MORCEAU)
        self._pret = memoryview(self._chiffre.sceller(self._rang, courant, dernier=not suivant))
        self._suivant, self._rang = suivant or None, self._rang + 1


class Lecteur(io.RawIOBase):
    """The clear bytes of a sealed stream, from any place; a chunk is opened whole or not at all."""

    def __init__(self, scelle: Source, cle: bytes, lieu: str) -> None:
        scelle.seek(0, io.SEEK_END)
        corps = scelle.tell() - ENTETE
        scelle.seek(0)
        entete = scelle.read(ENTETE)
        self._morceaux = max(1, -(-corps // (MORCEAU + ETIQUETTE)))
        if entete[: len(MARQUE)] != MARQUE or corps < ETIQUETTE:
            raise InvalidTag
        self._scelle, self._chiffre = scelle, _Chiffre(cle, lieu, entete[len(MARQUE) :])
        self.taille = corps - ETIQUETTE * self._morceaux
        self._place, self._rang, self._clair = 0, -1, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, place: int, origine: int = io.SEEK_SET) -> int:
        depart = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self.taille}[origine]
        self._place = max(0, depart + place)
        return self._place

    def readinto(self, tampon: "WriteableBuffer") -> int:
        vue = memoryview(tampon).cast("B")
        if self._place >= self.taille:
            if self.taille == 0:
                self._ouvrir(0)
            return 0
        rang, dedans = divmod(self._place, MORCEAU)
        self._ouvrir(rang)
        morceau = self._clair[dedans : dedans + len(vue)]
        vue[: len(morceau)] = morceau
        self._place += len(morceau)
        return len(morceau)

    def _ouvrir(self, rang: int) -> None:
        if rang == self._rang:
            return
        self._scelle.seek(ENTETE + rang * (MORCEAU + ETIQUETTE))
        morceau = self._scelle.read(MORCEAU + ETIQUETTE)
        self._clair = self._chiffre.ouvrir(rang, morceau, dernier=rang == self._morceaux - 1)
        self._rang = rang

    def close(self) -> None:
        if not self.closed:
            self._scelle.close()
        super().close()


class Reserve(io.RawIOBase):
    """A temporary file sealed by a key that only this process holds: killed at any point, it leaves nothing to read."""

    def __init__(self) -> None:
        prefixe = os.urandom(PREFIXE)
        self._cle = AESGCM.generate_key(bit_length=256)
        self._chiffre, self._tampon = _Chiffre(self._cle, "reserve", prefixe), bytearray()
        self._rang, self._ecrits, self._donnee = 0, 0, False
        self._fichier = tempfile.SpooledTemporaryFile(max_size=EN_MEMOIRE)  # noqa: SIM115  # given to the reader
        self._fichier.write(MARQUE + prefixe)

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._ecrits

    def write(self, octets: "ReadableBuffer") -> int:
        vue = memoryview(octets).cast("B")
        self._tampon += vue
        self._ecrits += len(vue)
        while len(self._tampon) > MORCEAU:
            self._sceller(bytes(self._tampon[:MORCEAU]), dernier=False)
            del self._tampon[:MORCEAU]
        return len(vue)

    def _sceller(self, morceau: bytes, *, dernier: bool) -> None:
        self._fichier.write(self._chiffre.sceller(self._rang, morceau, dernier=dernier))
        self._rang += 1

    def lecture(self) -> Lecteur:
        """End the writing and give the reader, whose closing removes the file."""
        self._sceller(bytes(self._tampon), dernier=True)
        self._tampon.clear()
        self._donnee = True
        return Lecteur(self._fichier, self._cle, "reserve")

    def close(self) -> None:
        if not self._donnee:
            self._fichier.close()
        super().close()
