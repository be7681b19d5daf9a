"""PDF rendering in a process of its own: starts it, hands it a page, waits a bounded time (SEC-49)."""

import atexit
import contextlib
import logging
import os
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

journal = logging.getLogger(__name__)
ENTETE = struct.Struct(">cI")
PROGRAMME = Path(__file__).with_name("atelier.py")
# fontTools dates the subset fonts it embeds: without this the same input would give other bytes a second later.
EPOQUE = "1748217600"
TROP = (
    "Ce document est trop lourd à composer. Raccourcissez le texte le plus long ou retirez des lignes, "
    "puis recommencez\u00a0: rien n’a été enregistré."
)
PANNE = "Le document n’a pas pu être composé. Recommencez\u00a0: rien n’a été enregistré."


class RenduImpossible(Exception):
    """The French sentence says what to do."""


class Atelier:
    """One rendering process, kept between documents; it holds no secret and its children hold one document each."""

    def __init__(self) -> None:
        racines = [*settings.STATICFILES_DIRS, settings.STATIC_ROOT]
        bornes = [settings.PDF_MEMOIRE, settings.PDF_PROCESSEUR, settings.STATIC_URL.strip("/") + "/"]
        self.parent = os.getpid()
        self.processus = subprocess.Popen(  # noqa: S603  our own interpreter, our own file
            [sys.executable, "-I", str(PROGRAMME), *map(str, [*bornes, *racines])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environnement(),
            cwd="/",
            start_new_session=True,
            bufsize=0,
        )
        self.tubes = [tube for tube in (self.processus.stdin, self.processus.stdout) if tube]
        self.entree, self.sortie = (tube.fileno() for tube in self.tubes)

    @property
    def vivant(self) -> bool:
        return self.parent == os.getpid() and self.processus.poll() is None

    def composer(self, html: str, avancer: Callable[[int], None] | None) -> bytes:
        fin, octets, erreur = time.monotonic() + settings.PDF_DUREE, b"", b""
        corps = html.encode()
        try:
            self._ecrire(ENTETE.pack(b"D", len(corps)) + corps, fin)
            while True:
                lettre, reste = ENTETE.unpack(self._lire(ENTETE.size, fin))
                recu = self._lire(reste, fin)
                if lettre == b"P" and avancer is not None:
                    avancer(int(recu))
                elif lettre == b"F":
                    octets = recu
                elif lettre == b"E":
                    erreur = recu
                elif lettre == b"Z":
                    break
        except TimeoutError:
            raise self._echouer("duree", TROP) from None
        except (OSError, EOFError):
            raise self._echouer("interrompu", PANNE) from None
        if not octets:
            # Killed by a limit, it says nothing; out of memory, it may still say so.
            trop = erreur in {b"", b"MemoryError", b"RecursionError"}
            raise self._echouer(erreur.decode(errors="replace") or "limite", TROP if trop else PANNE)
        return octets

    def _ecrire(self, octets: bytes, fin: float) -> None:
        while octets:
            self._attendre(self.entree, select.POLLOUT, fin)
            octets = octets[os.write(self.entree, octets[: select.PIPE_BUF]) :]

    def _lire(self, combien: int, fin: float) -> bytes:
        morceaux = []
        while combien:
            self._attendre(self.sortie, select.POLLIN, fin)
            morceau = os.read(self.sortie, min(combien, 1 << 20))
            if not morceau:
                raise EOFError
            morceaux.append(morceau)
            combien -= len(morceau)
        return b"".join(morceaux)

    @staticmethod
    def _attendre(descripteur: int, evenement: int, fin: float) -> None:
        veille = select.poll()
        veille.register(descripteur, evenement)
        if not veille.poll(max(0, fin - time.monotonic()) * 1000):
            raise TimeoutError

    @staticmethod
    def _echouer(cause: str, phrase: str) -> RenduImpossible:
        journal.error("rendu impossible : %s", cause)
        return RenduImpossible(phrase)

    def fermer(self) -> None:
        if self.parent == os.getpid():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.processus.pid, signal.SIGKILL)
            self.processus.wait()
        for tube in self.tubes:
            tube.close()


_libres: list[Atelier] = []
_verrou = threading.Lock()


def imprimer(html: str, avancer: Callable[[int], None] | None = None) -> bytes:
    """The PDF of a page. Two threads have two processes: a slow document delays nobody else."""
    atelier = _prendre()
    try:
        octets = atelier.composer(html, avancer)
    except BaseException:  # a process left in the middle of a document is of no use
        atelier.fermer()
        raise
    with _verrou:
        _libres.append(atelier)
    return octets


def _prendre() -> Atelier:
    with _verrou:
        while _libres:
            atelier = _libres.pop()
            if atelier.vivant:
                return atelier
            atelier.fermer()
    return Atelier()


@atexit.register
def _fermer() -> None:
    while _libres:
        _libres.pop().fermer()


def _environnement() -> dict[str, str]:
    """Nothing of ours: no key, no password, no address."""
    noms = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH")
    return {**{nom: os.environ[nom] for nom in noms if nom in os.environ}, "SOURCE_DATE_EPOCH": EPOQUE}
