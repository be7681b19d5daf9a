"""Child processes that end with their launcher, whatever ends it."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

DELAI_D_ARRET = 15
_PR_SET_PDEATHSIG = 1


class Arret(BaseException):
    """Someone asked to stop: Ctrl-C, SIGTERM or a closed terminal."""


@contextmanager
def arret_demandable() -> Iterator[None]:
    """Turn the first signal into `Arret` and ignore the next ones, so that the cleaning is never cut short."""
    signaux = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def arreter(numero: int, cadre: FrameType | None) -> None:
        for signal_recu in signaux:
            signal.signal(signal_recu, signal.SIG_IGN)
        raise Arret

    anciens = {numero: signal.signal(numero, arreter) for numero in signaux}
    try:
        yield
    finally:
        for numero, ancien in anciens.items():
            signal.signal(numero, ancien)


def executer(commande: Sequence[str], environnement: dict[str, str], dossier: os.PathLike[str]) -> int:
    """Run to the end and return its code; at a terminal, Ctrl-C is the command's own business."""
    enfant = subprocess.Popen(commande, env=environnement, cwd=dossier, preexec_fn=_mourir_avec_le_parent)
    interruptions: list[int] = []
    ancien = signal.getsignal(signal.SIGINT)

    def noter(numero: int, cadre: FrameType | None) -> None:
        interruptions.append(numero)

    if os.isatty(0):
        signal.signal(signal.SIGINT, noter)
    try:
        code = enfant.wait()
    finally:
        _arreter(enfant)
        if signal.getsignal(signal.SIGINT) is noter:
            signal.signal(signal.SIGINT, ancien)
    if interruptions and code:
        raise Arret
    return code


@contextmanager
def lance(
    commande: Sequence[str], environnement: dict[str, str], dossier: os.PathLike[str]
) -> Iterator[subprocess.Popen[bytes]]:
    """Run beside us; stop it (SIGTERM, then SIGKILL) when the block ends."""
    enfant = subprocess.Popen(
        commande, env=environnement, cwd=dossier, start_new_session=True, preexec_fn=_mourir_avec_le_parent
    )
    try:
        yield enfant
    finally:
        _arreter(enfant)


def premier_fini(enfants: dict[str, subprocess.Popen[bytes]]) -> tuple[str, int]:
    """Wait until one of them ends; return its name and its code."""
    while True:
        for nom, enfant in enfants.items():
            code = enfant.poll()
            if code is not None:
                return nom, code
        time.sleep(0.2)


def _arreter(enfant: subprocess.Popen[bytes]) -> None:
    if enfant.poll() is None:
        enfant.terminate()
        try:
            enfant.wait(DELAI_D_ARRET)
        except subprocess.TimeoutExpired:
            enfant.kill()
            enfant.wait()


def _mourir_avec_le_parent() -> None:
    """A launcher killed by SIGKILL must not leave a server on its port (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
