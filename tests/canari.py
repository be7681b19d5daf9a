"""The canary oracle: a unique token in every sensitive field, and a search of it in anything that goes out.

voliere = Voliere()
personne.nom = voliere.poser("Personne", "nom", Classe.IDENTITE)
assert voliere.fuites(reponse.content, roles=acteur.roles) == set()
"""

import base64
import binascii
import gzip
import html
import io
import quopri
import re
import secrets
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from subprocess import CalledProcessError
from urllib.parse import unquote_plus

import pypdf
import pypdf.errors

from accounts.roles import Role
from dossiers.classes import Classe, recoit
from tests import imprime

PREFIXE = "canari"
_JETON = re.compile(rf"{PREFIXE}[0-9a-f]{{12}}")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
_PROFONDEUR = 3


@dataclass(frozen=True, slots=True)
class Canari:
    """One planted token: where it stands and what class of field it stands for."""

    jeton: str
    objet: str
    champ: str
    classe: Classe


class Voliere:
    """The canaries of one test."""

    def __init__(self) -> None:
        self._canaris: dict[str, Canari] = {}

    def poser(self, objet: str, champ: str, classe: Classe) -> str:
        """A new token to write in that field; letters and digits only, so that it fits everywhere."""
        jeton = f"{PREFIXE}{secrets.token_hex(6)}"
        self._canaris[jeton] = Canari(jeton, objet, champ, classe)
        return jeton

    def canaris(self) -> set[Canari]:
        """Every canary planted so far."""
        return set(self._canaris.values())

    def jetons(self) -> set[str]:
        return set(self._canaris)

    def canaris_dans(self, octets: bytes | str) -> set[Canari]:
        """Which canaries appear in these bytes, whatever encoding hides them."""
        return {self._canaris[jeton] for jeton in jetons_dans(octets) if jeton in self._canaris}

    def canaris_en_clair(self, octets: bytes) -> set[Canari]:
        """Those of a text: in clear, in HTML entities, in URL escapes or across lines. Much faster."""
        return {self._canaris[jeton] for jeton in _lectures(octets) if jeton in self._canaris}

    def fuites(self, octets: bytes | str, roles: Iterable[Role]) -> set[Canari]:
        """Those that none of these roles ever receives (dossiers.classes)."""
        lus = tuple(roles)
        return {canari for canari in self.canaris_dans(octets) if not recoit(lus, canari.classe)}


def jetons_dans(octets: bytes | str) -> set[str]:
    """Every token in clear, HTML, URL, quoted-printable, base64, UTF-16, gzip, zip or the text of a PDF."""
    brut = octets.encode() if isinstance(octets, str) else octets
    trouves: set[str] = set()
    vus: set[bytes] = set()
    _fouiller(brut, _PROFONDEUR, trouves, vus)
    return trouves


def _lectures(octets: bytes) -> set[str]:
    texte = octets.decode("utf-8", "ignore")
    sens = (texte, html.unescape(texte), unquote_plus(texte), re.sub(r"[\s\u00ad]", "", texte))
    return {jeton for lecture in sens for jeton in _JETON.findall(lecture.lower())}


def _fouiller(octets: bytes, profondeur: int, trouves: set[str], vus: set[bytes]) -> None:
    if octets in vus:
        return
    vus.add(octets)
    trouves.update(_lectures(octets))
    if profondeur:
        for contenu in _contenus(octets):
            _fouiller(contenu, profondeur - 1, trouves, vus)


def _contenus(octets: bytes) -> Iterator[bytes]:
    """What these bytes become once decoded."""
    yield quopri.decodestring(octets)
    for codage in ("utf-16-le", "utf-16-be"):
        for debut in (0, 1):
            yield octets[debut:].decode(codage, "ignore").encode("utf-8", "ignore")
    yield from _base64(octets)
    yield from _archives(octets)
    if octets.lstrip()[:5] == b"%PDF-":
        # Another decoding of a PDF may look like one and be unreadable.
        with suppress(pypdf.errors.PyPdfError, CalledProcessError):
            yield from _pdf(octets)


def _base64(octets: bytes) -> Iterator[bytes]:
    sans_lignes = re.sub(rb"[\r\n]", b"", octets)
    for source in {octets, sans_lignes}:
        for morceau in _BASE64.findall(source):
            propre = morceau.rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
            for debut in range(4):
                suite = propre[debut:]
                suite = suite[:-1] if len(suite) % 4 == 1 else suite
                try:
                    yield base64.b64decode(suite + b"=" * (-len(suite) % 4))
                except binascii.Error:
                    continue


def _archives(octets: bytes) -> Iterator[bytes]:
    if octets[:2] == b"\x1f\x8b":
        yield gzip.decompress(octets)
    if octets[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            for nom in archive.namelist():
                yield nom.encode()
                yield archive.read(nom)


def _pdf(octets: bytes) -> Iterator[bytes]:
    """Text, metadata, attachments and inflated streams of a PDF."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        lecteur = pypdf.PdfReader(io.BytesIO(octets))
        yield imprime.texte(octets).encode()
        yield repr(lecteur.metadata).encode()
        for nom, contenus in lecteur.attachments.items():
            yield nom.encode()
            yield from contenus
        for numero in range(1, len(lecteur.xref.get(0, {})) + len(lecteur.xref_objStm) + 2):
            objet = lecteur.get_object(numero)
            if isinstance(objet, pypdf.generic.StreamObject):
                yield objet.get_data()
            elif objet is not None:
                yield repr(objet).encode()
