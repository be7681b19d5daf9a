"""What a case app gives so that its cases inherit the contracts of `tests/contrats` and the URL matrix.

A case app writes `tests/<app>/fabrique.py`, some ten lines:

    def ouvrir(distribution: Distribution) -> Dossier:
        "A case sent by `opj` and received by the parties below."
        ...
    FABRIQUE = Fabrique(nature="REQUISITION", auteur="opj", lecteurs=("juriste",), etranger="etranger", ouvrir=ouvrir)
"""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from dossiers.models import Dossier
from tests.distribution import Distribution

ESSAIS = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Fabrique:
    """How the tests build a case of one nature.

    `auteur`, `lecteurs` and `etranger` are names of the cast: who opened it, who else may know of it, and who never
    may although of the same trade. `ouvrir` returns a case that left the draft. `valeurs(dossier)` adds what the
    addresses of the app ask besides `cle` (a page, a person, a piece).
    """

    nature: str
    auteur: str
    lecteurs: tuple[str, ...]
    etranger: str
    ouvrir: Callable[[Distribution], Dossier]
    valeurs: Callable[[Dossier], Mapping[str, Any]] = field(default=lambda dossier: {})


@cache
def fabriques() -> dict[str, Fabrique]:
    """The builders found in `tests/<app>/fabrique.py`, by name of app."""
    trouvees = {}
    for fichier in sorted(ESSAIS.glob("*/fabrique.py")):
        if fichier.parent.name != "contrats":
            module = importlib.import_module(f"tests.{fichier.parent.name}.fabrique")
            trouvees[fichier.parent.name] = module.FABRIQUE
    return trouvees
