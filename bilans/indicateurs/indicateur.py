"""What is counted, and in which words."""

from collections.abc import Callable
from dataclasses import dataclass

from bilans.indicateurs.periode import Periode
from bilans.indicateurs.releve import Releve


@dataclass(frozen=True, slots=True)
class Indicateur:
    """What is counted. `relever` reads aggregates only and returns words and protected tables."""

    code: str
    chapitre: str
    intitule: str
    definition: str
    source: str
    frequence: str
    relever: Callable[[Periode], Releve]
