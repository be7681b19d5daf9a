"""The process that turns HTML into PDF: the only importer of WeasyPrint, and of nothing of ours (SEC-49).

Started by its path by `documents/impression.py`, without the database, the keys or the settings. Each document is laid
out in a child of its own, with hard limits, that ends with it: a bomb stops there, and no document sees another.

    atelier.py MEMORY_IN_BYTES CPU_IN_SECONDS STATIC_PREFIX STATIC_ROOT…

Frames on both pipes: a letter, four bytes of length, that many bytes. In: D document. Out: P progress, F file, E error,
then Z once the child has ended.
"""

import ctypes
import io
import logging
import os
import re
import resource
import shutil
import struct
import sys
import tempfile
from collections.abc import Callable
from mimetypes import guess_type
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit, uses_netloc, uses_relative

import pikepdf
from weasyprint import CSS, HTML
from weasyprint.logger import LOGGER, PROGRESS_LOGGER
from weasyprint.urls import URLFetcher, URLFetcherResponse

ENTETE = struct.Struct(">cI")
ECRITURE = 64 * 1024 * 1024
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
# Relative addresses (fonts of a style sheet, `{% static %}` of a template) are joined inside our own scheme.
for schemes in (uses_relative, uses_netloc):
    if "static" not in schemes:
        schemes.append("static")


class StatiquesSeulement(URLFetcher):
    """Serves `static:` names from our own tree and refuses everything else, loopback and files included."""

    def __init__(self, prefixe: str, racines: list[Path]) -> None:
        super().__init__(allowed_protocols={"static", "data"})
        self.prefixe, self.racines = prefixe, racines

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        adresse = urlsplit(url)
        if adresse.scheme == "data":
            return super().fetch(url, headers)
        chemin = self._statique(adresse.path) if adresse.scheme == "static" else None
        if not chemin:
            raise ValueError(f"Ressource refusée dans un PDF : {adresse.scheme}")
        genre = guess_type(chemin.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, body=chemin.read_bytes(), headers={"Content-Type": genre})

    def _statique(self, adresse: str) -> Path | None:
        """Our own file of that address: from the source tree, or as `collectstatic` named it."""
        nom = adresse.lstrip("/").removeprefix(self.prefixe)
        for racine in self.racines:
            chemin = (racine / nom).resolve()
            if chemin.is_relative_to(racine) and chemin.is_file():
                return chemin
        return None


def composer(html: str, recuperateur: StatiquesSeulement) -> bytes:
    """A tagged PDF; the same input gives the same bytes."""
    feuille = CSS(url="static:///css/document.css", url_fetcher=recuperateur)
    octets = HTML(string=html, base_url="static:///css/", url_fetcher=recuperateur).write_pdf(
        stylesheets=[feuille], pdf_variant="pdf/ua-1"
    )
    # The file identifier comes from the content, so that rendering twice gives the same file.
    with pikepdf.open(io.BytesIO(octets)) as pdf:
        sortie = io.BytesIO()
        pdf.save(sortie, deterministic_id=True)
    return sortie.getvalue()


class Ecoute(logging.Handler):
    """Tells how far the layout is, out of 100, from what the engine says of its seven steps."""

    def __init__(self, dire: Callable[[int], None]) -> None:
        super().__init__()
        self.dire, self.atteint = dire, 0

    def emit(self, ligne: logging.LogRecord) -> None:
        etape = re.match(r"Step (\d)(?:.*Page (\d+))?", ligne.getMessage())
        if not etape:
            return
        # The fifth step lays the pages out and is nearly all of the time; their number is not known ahead.
        part = int(etape[1]) * 5 if int(etape[1]) < 5 else 25 + min(int(etape[2] or 0), 120) // 2
        part = 90 if int(etape[1]) > 5 else part
        if part > self.atteint:
            self.atteint = part
            self.dire(part)


def lire(entree: BinaryIO) -> bytes | None:
    """The next document, or nothing once the other side has gone."""
    entete = entree.read(ENTETE.size)
    return entree.read(ENTETE.unpack(entete)[1]) if len(entete) == ENTETE.size else None


def dire(sortie: BinaryIO, lettre: bytes, corps: bytes = b"") -> None:
    sortie.write(ENTETE.pack(lettre, len(corps)) + corps)
    sortie.flush()


def se_borner(memoire: int, processeur: int) -> None:
    """Hard limits, that this process cannot raise again."""
    for limite, valeur in (
        (resource.RLIMIT_AS, memoire),
        (resource.RLIMIT_CPU, processeur),
        (resource.RLIMIT_FSIZE, ECRITURE),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limite, (valeur, valeur))


def couper_le_reseau() -> bool:
    """An empty network of its own, where the kernel lets a process without rights have one."""
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0)


def produire(html: bytes, recuperateur: StatiquesSeulement, sortie: BinaryIO, bornes: tuple[int, int]) -> None:
    """In the child: one document, or the kind of failure. Never its words."""
    try:
        se_borner(*bornes)
        PROGRESS_LOGGER.addHandler(Ecoute(lambda part: dire(sortie, b"P", str(part).encode())))
        PROGRESS_LOGGER.setLevel(logging.INFO)
        dire(sortie, b"F", composer(html.decode(), recuperateur))
    except BaseException as panne:
        dire(sortie, b"E", type(panne).__name__.encode())


def main(memoire: str, processeur: str, prefixe: str, *racines: str) -> None:
    recuperateur = StatiquesSeulement(prefixe, [Path(racine).resolve() for racine in racines])
    entree, sortie = sys.stdin.buffer, sys.stdout.buffer
    LOGGER.handlers, LOGGER.propagate = [logging.NullHandler()], False
    couper_le_reseau()
    while (html := lire(entree)) is not None:
        brouillon = tempfile.mkdtemp(prefix="atelier-")
        if (enfant := os.fork()) == 0:
            tempfile.tempdir = brouillon
            produire(html, recuperateur, sortie, (int(memoire), int(processeur)))
            os._exit(0)
        os.waitpid(enfant, 0)
        shutil.rmtree(brouillon, ignore_errors=True)
        dire(sortie, b"Z")


if __name__ == "__main__":
    main(*sys.argv[1:])
