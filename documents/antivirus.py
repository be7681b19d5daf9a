"""The antivirus, by the INSTREAM command of clamd. Whatever is not a clear answer is no answer (fail closed)."""

import socket
import struct
import time
from enum import StrEnum

from django.conf import settings

from documents.flux import Source

BLOC = 256 * 1024


class AntivirusIndisponible(Exception):
    """Stopped, slow, restarting or confused: the file waits."""


class Verdict(StrEnum):
    SAIN = "sain"
    INFECTE = "infecte"


def present() -> bool:
    """Whether this installation has one; a demonstration may declare that it has none."""
    return bool(settings.ANTIVIRUS != "absent")


def analyser(flux: Source) -> Verdict:
    """Scan from the beginning; raises AntivirusIndisponible when clamd does not say OK or FOUND in time."""
    fin = time.monotonic() + settings.CLAMD_DELAI
    flux.seek(0)
    try:
        with _prise() as prise:
            prise.sendall(b"zINSTREAM\0")
            while bloc := flux.read(BLOC):
                prise.settimeout(_reste(fin))
                prise.sendall(struct.pack("!I", len(bloc)) + bloc)
            prise.sendall(struct.pack("!I", 0))
            reponse = b""
            while not reponse.endswith(b"\0"):
                prise.settimeout(_reste(fin))
                recu = prise.recv(4096)
                if not recu:
                    break
                reponse += recu
    except OSError as erreur:
        raise AntivirusIndisponible(type(erreur).__name__) from erreur
    if reponse == b"stream: OK\0":
        return Verdict.SAIN
    if reponse.endswith(b" FOUND\0"):
        return Verdict.INFECTE
    raise AntivirusIndisponible("réponse inattendue")


def _prise() -> socket.socket:
    """`CLAMD` is a socket path or `host:port`."""
    adresse = settings.CLAMD
    if not adresse:
        raise OSError("CLAMD manque")
    if adresse.startswith("/"):
        prise = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            prise.settimeout(settings.CLAMD_DELAI)
            prise.connect(adresse)
        except OSError:
            prise.close()
            raise
        return prise
    hote, _, port = adresse.rpartition(":")
    return socket.create_connection((hote, int(port)), timeout=settings.CLAMD_DELAI)


def _reste(fin: float) -> float:
    reste = fin - time.monotonic()
    if reste <= 0:
        raise TimeoutError
    return reste
