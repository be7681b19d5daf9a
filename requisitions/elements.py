"""What a demand asks, item by item: read in its text, and what follows from the answers. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MAXIMUM = 30
_MARQUE = re.compile(r"^(?:\d{1,2}\s?[.)°]|[-–—•*])\s+")
FOURNI, PARTIEL, REFUSE, NON_DETENU = "fourni", "partiel", "refuse", "non_detenu"
RIEN = frozenset({REFUSE, NON_DETENU})


@dataclass(frozen=True, slots=True)
class Reponse:
    """The answer to one item: `motif` codes a refusal, `precision` says what is missing, or why."""

    decision: str = ""
    motif: str = ""
    precision: str = ""


def decouper(mission: str) -> list[str]:
    """The items of a demand: its numbered or dashed points, else one a line. What comes before the first point is
    context; what exceeds the maximum stays in the last item.
    """
    lignes = [ligne.strip() for ligne in mission.splitlines() if ligne.strip()]
    if sum(bool(_MARQUE.match(ligne)) for ligne in lignes) < 2:
        points = lignes
    else:
        points = []
        for ligne in lignes:
            if _MARQUE.match(ligne):
                points.append(_MARQUE.sub("", ligne))
            elif points:
                points[-1] = f"{points[-1]}\n{ligne}"
    return [*points[: MAXIMUM - 1], "\n".join(points[MAXIMUM - 1 :])] if len(points) > MAXIMUM else points


def deduite(*, seul: bool, type_acte: str, accord: str, perdu: bool) -> str:
    """What the acts already recorded say of an item that nobody decided: empty when a person must.

    An answer on a presence is always given: another word would betray who is hidden.
    """
    if type_acte == "PRESENCE":
        return FOURNI
    if not seul or accord == "partiel":
        return ""
    return NON_DETENU if perdu else FOURNI


def rien_fourni(decisions: Sequence[str]) -> bool:
    return bool(decisions) and RIEN.issuperset(decisions)


def appelle_une_lettre(decisions: Iterable[str]) -> bool:
    """A single item that is supplied needs no letter: the inventory says it."""
    decidees = list(decisions)
    return len(decidees) > 1 or any(decision != FOURNI for decision in decidees)
