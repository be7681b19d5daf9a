"""Encryption at rest: AES-256-GCM with a key id, bound to the column and the row of the value, and blind indexes."""

import base64
import hashlib
import hmac
import json
import os
import unicodedata
from datetime import date
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

from documents.cles import cle_des_champs, trousseau
from documents.liaison import Ouverture, Scelle, refuser_ancien, texte_de

AU_LIEU, A_LA_LIGNE = b"\x02", b"\x03"


def entete(kid: str, version: bytes = AU_LIEU) -> bytes:
    """What a value sealed under this master key starts with."""
    return version + bytes([len(kid)]) + kid.encode()


def chiffrer(clair: bytes, lieu: str, ligne: str = "") -> bytes:
    """Seal bytes under the current key. `lieu` (model.field) and `ligne` (see `liaison`) are authenticated."""
    anneau = trousseau()
    debut, nonce = entete(anneau.courante, A_LA_LIGNE if ligne else AU_LIEU), os.urandom(12)
    aes = AESGCM(cle_des_champs(anneau.maitresse(anneau.courante)))
    return debut + nonce + aes.encrypt(nonce, clair, _associe(debut, lieu, ligne))


def dechiffrer(scelle: bytes, lieu: str, ligne: str = "") -> bytes:
    """Open what `chiffrer` sealed; raises InvalidTag on any change, CleInconnue when its key left the ring.

    Where a row is expected, a value bound to its column only is refused unless `ANCIENS_SCEAUX` allows it.
    """
    if scelle[:1] not in (AU_LIEU, A_LA_LIGNE):
        raise ValueError("Version de chiffrement inconnue.")
    if ligne and scelle[:1] == AU_LIEU:
        refuser_ancien()
        ligne = ""
    fin = 2 + scelle[1]
    debut, nonce, corps = scelle[:fin], scelle[fin : fin + 12], scelle[fin + 12 :]
    if len(corps) < 16:
        raise InvalidTag
    aes = AESGCM(cle_des_champs(trousseau().maitresse(debut[2:].decode("ascii", "replace"))))
    return aes.decrypt(nonce, corps, _associe(debut, lieu, ligne))


def _associe(debut: bytes, lieu: str, ligne: str) -> bytes:
    return debut + lieu.encode() + (b"|" + ligne.encode() if ligne else b"")


LONGUEUR_INDEXEE = 20


@cache
def _cle_index() -> bytes:
    cle = base64.b64decode(settings.CLE_INDEX)
    if len(cle) != 32:
        raise ValueError("CLE_INDEX doit contenir 32 octets en base64.")
    return cle


def aplatir(valeur: str) -> str:
    """A name without case, accents, hyphens, spaces and ligatures."""
    plat = valeur.lower().replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFKD", plat) if c.isalnum())


def index_aveugle(valeur: str) -> str:
    """Keyed 128-bit index of a flattened name; empty for nothing."""
    return _indexer(aplatir(valeur))


def indices_approches(valeur: str) -> list[str]:
    """Keyed indices of a name and of what each lost letter makes of it, at most twenty letters long.

    Two names one error apart (a letter more, less, other, or two swapped) share at least one.
    """
    plat = aplatir(valeur)[:LONGUEUR_INDEXEE]
    formes = {plat, *(plat[:rang] + plat[rang + 1 :] for rang in range(len(plat)))}
    return sorted(_indexer(f"proche:{forme}") for forme in formes if forme)


def _indexer(plat: str) -> str:
    return hmac.new(_cle_index(), plat.encode(), hashlib.sha256).hexdigest()[:32] if plat else ""


class ChampChiffre(models.BinaryField):
    """A text stored sealed, bound to its row, opened when it is read from its object.

    It cannot be filtered, ordered, nor read or written without its row (`values_list`, `update`, `bulk_update`).
    """

    descriptor_class = Ouverture

    _pyi_private_set_type: Any  # read by django-stubs: the clear value, not bytes
    _pyi_private_get_type: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        # A history row keeps the seal of the model it copies.
        self.lieu = f"{cls._meta.label_lower.replace('historical', '')}.{name}"

    def en_octets(self, valeur: Any) -> bytes:
        return str(valeur).encode()

    def depuis_octets(self, octets: bytes) -> Any:
        return octets.decode()

    def vide(self) -> Any:
        return ""

    def _est_vide(self, value: Any) -> bool:
        return value is None or value == self.vide()

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        valeur = getattr(model_instance, self.attname)
        if self._est_vide(valeur):
            return valeur
        return Scelle(chiffrer(self.en_octets(valeur), self.lieu, texte_de(self.model, model_instance)))

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Scelle):
            return value.octets
        # b"": what a column added to a table starts with.
        if self._est_vide(value) or value == b"":
            return None if self.null else b""
        raise TypeError(
            "Une valeur chiffrée s’écrit avec sa ligne\u00a0: passez par save(), create() ou bulk_create()."
        )

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return value if prepared else self.get_prep_value(value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        if value is None or len(value) == 0:
            return None if self.null else self.vide()
        return Scelle(bytes(value))

    def ouvrir(self, scelle: Scelle, ligne: str) -> Any:
        """The clear value of a sealed one that stands in this row."""
        return self.depuis_octets(dechiffrer(scelle.octets, self.lieu, ligne))

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise TypeError("Un champ chiffré ne se filtre pas : passez par son index.")

    def value_to_string(self, obj: Any) -> str:
        return str(self.value_from_object(obj))

    def to_python(self, value: Any) -> Any:
        return value

    def get_default(self) -> Any:
        return super().get_default() if self.has_default() else (None if self.null else self.vide())


class JsonChiffre(ChampChiffre):
    """A JSON value stored sealed."""

    def en_octets(self, valeur: Any) -> bytes:
        return json.dumps(valeur, ensure_ascii=False, sort_keys=True, default=str).encode()

    def depuis_octets(self, octets: bytes) -> Any:
        return json.loads(octets)

    def vide(self) -> Any:
        """Stored as nothing: an empty list or object, whichever the column starts with."""
        return super().get_default() if self.has_default() else (None if self.null else {})


class DateChiffree(ChampChiffre):
    """A date stored sealed (a birth date)."""

    def en_octets(self, valeur: date) -> bytes:
        return valeur.isoformat().encode()

    def depuis_octets(self, octets: bytes) -> date:
        return date.fromisoformat(octets.decode())

    def vide(self) -> None:
        return None
