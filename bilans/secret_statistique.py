"""Small cells: a count under five is never shown, nor one that would let it be recomputed from a total."""

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

SEUIL = 5
MOINS = "moins de 5"
NON_AFFICHE = "non affiché"

C = TypeVar("C", bound=Hashable)


class Egalite(NamedTuple):
    """A sum that a reader knows: `parties` add up to `total`. Cells are named by any key."""

    total: Any
    parties: Sequence[Any]


def proteger(valeurs: Mapping[C, int], egalites: Iterable[Egalite]) -> dict[C, int | str]:
    """The same cells, each a number that may be shown or the words that stand for it.

    Zero counts as small. Sums are checked one by one: no hidden cell can be deduced exactly from a sum and
    the words shown beside it.
    """
    connues = list(egalites)
    masquees = {cle for cle, valeur in valeurs.items() if valeur < SEUIL}
    while cle := _a_masquer(valeurs, masquees, connues):
        masquees.add(cle)
    return {
        cle: valeur if cle not in masquees else MOINS if valeur < SEUIL else NON_AFFICHE
        for cle, valeur in valeurs.items()
    }


def _a_masquer(valeurs: Mapping[C, int], masquees: set[C], egalites: list[Egalite]) -> C | None:
    """The next cell to hide, the smallest that helps, or None when every sum keeps its secret."""
    for total, parties in egalites:
        if total in masquees or not any(cle in masquees for cle in parties):
            continue
        if _devinable(valeurs, masquees, total, parties):
            visibles: list[C] = [cle for cle in parties if cle not in masquees]
            suivante: C = min(visibles, key=lambda cle: valeurs[cle], default=total)
            return suivante
    return None


def _devinable(valeurs: Mapping[C, int], masquees: set[C], total: C, parties: Sequence[C]) -> bool:
    """Whether the visible cells and the words leave a hidden cell one possible value only."""
    cachees = [cle for cle in parties if cle in masquees]
    somme = valeurs[total] - sum(valeurs[cle] for cle in parties if cle not in masquees)
    bornes = [(0, SEUIL - 1) if valeurs[cle] < SEUIL else (SEUIL, somme) for cle in cachees]
    plancher, plafond = sum(bas for bas, _ in bornes), sum(haut for _, haut in bornes)
    return any(max(bas, somme - plafond + haut) == min(haut, somme - plancher + bas) for bas, haut in bornes)


def montrer(valeur: int) -> int | str:
    """A count that stands alone."""
    return valeur if valeur >= SEUIL else MOINS


def part(numerateur: int, denominateur: int) -> str:
    """A share in words that tells no count under five, of those inside nor of those outside."""
    if denominateur < SEUIL:
        return NON_AFFICHE
    if numerateur < SEUIL:
        return f"moins de {math.ceil(100 * SEUIL / denominateur)}\u00a0%" if denominateur > SEUIL else NON_AFFICHE
    if denominateur - numerateur < SEUIL:
        return f"plus de {100 * (denominateur - SEUIL) // denominateur}\u00a0%"
    return f"{min(max(round(100 * numerateur / denominateur), 1), 99)}\u00a0%"
