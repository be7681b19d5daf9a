"""A child that is killed (SIGKILL) at a chosen line of code, with its own connection to the same database."""

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from django.db import connection


def mourir_a_la_ligne(rang: int, dossiers: tuple[str, ...], agir: Callable[[], None]) -> int:
    """Run `agir` in a child killed at its `rang`-th line in these folders; 0 never kills. Returns the lines run."""
    lecture, ecriture = os.pipe()
    enfant = os.fork()
    if enfant == 0:
        os.close(lecture)
        _executer(rang, dossiers, agir, ecriture)
    os.close(ecriture)
    with os.fdopen(lecture, "rb") as tube:
        compte = tube.read()
    _, fin = os.waitpid(enfant, 0)
    assert os.WIFSIGNALED(fin) or os.WEXITSTATUS(fin) == 0, compte.decode()
    assert os.WIFSIGNALED(fin) == bool(rang), "le coup est parti, et seulement quand il le fallait"
    return int(compte or 0)


def _executer(rang: int, dossiers: tuple[str, ...], agir: Callable[[], None], ecriture: int) -> None:
    heritee, connection.connection = connection.connection, None
    vues = 0

    def ligne(cadre: FrameType, evenement: str, valeur: Any) -> Any:
        nonlocal vues
        if evenement == "line":
            vues += 1
            if vues == rang:
                os.kill(os.getpid(), signal.SIGKILL)
        return ligne

    def appel(cadre: FrameType, evenement: str, valeur: Any) -> Any:
        return ligne if any(dossier in cadre.f_code.co_filename for dossier in dossiers) else None

    code = 1
    try:
        sys.settrace(appel)
        agir()
        sys.settrace(None)
        os.write(ecriture, str(vues).encode())
        code = 0
    except BaseException as erreur:
        os.write(ecriture, repr(erreur).encode())
    finally:
        assert heritee is None or heritee
        os._exit(code)
