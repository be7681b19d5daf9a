"""How much a reliability test repeats: the whole figure of the reference, or a part of it in each run of the suite."""

import os

ENTIERE = bool(os.environ.get("FIABILITE_ENTIERE"))


def nombre(entier: int, partie: int) -> int:
    """`FIABILITE_ENTIERE=1 make test ARGS=tests/fiabilite` repeats as often as the reference asks."""
    return entier if ENTIERE else partie
