"""Interleaved measures: candidate and baselines in turn, medians, with the number of queries of each.

What is timed is processor time, ours and the PostgreSQL backend's, which a busy machine does not spoil.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

TOURS = 9


@dataclass(frozen=True)
class Resultat:
    millisecondes: float
    requetes: int
    lignes: int


class Horloge:
    """Milliseconds of processor used by this process and by its backend."""

    def __init__(self) -> None:
        with connection.cursor() as curseur:
            curseur.execute("SELECT pg_backend_pid()")
            self._compteur = Path(f"/proc/{curseur.fetchone()[0]}/schedstat")

    def __call__(self) -> float:
        du_serveur = int(self._compteur.read_text().split()[0]) / 1e6 if self._compteur.exists() else 0.0
        return time.process_time() * 1000 + du_serveur


def comparer(candidats: dict[str, Callable[[], Any]], tours: int = TOURS) -> dict[str, Resultat]:
    """Run each in turn, A B C A B C…; the median of each."""
    requetes, lignes, horloge = {}, {}, Horloge()
    for nom, fonction in candidats.items():
        with CaptureQueriesContext(connection) as capture:
            lignes[nom] = len(fonction())
        requetes[nom] = len(capture)
    temps: dict[str, list[float]] = {nom: [] for nom in candidats}
    for _ in range(tours):
        for nom, fonction in candidats.items():
            debut = horloge()
            fonction()
            temps[nom].append(horloge() - debut)
    return {nom: Resultat(statistics.median(temps[nom]), requetes[nom], lignes[nom]) for nom in candidats}
