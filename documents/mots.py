"""Words as a reader would compare them: no case, no accent, no ligature, no hyphen at the end of a line."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# From this length a word is also sought inside another; shorter, it must stand alone: « Anne » is not in « année ».
DEDANS = 5
_RUN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Jeton:
    """A run of letters or digits, and the box of the printed word it comes from, in fractions of its page."""

    texte: str
    page: int = 0
    boite: tuple[float, float, float, float] | None = None


def runs(texte: str) -> list[str]:
    plat = unicodedata.normalize("NFKD", texte.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae"))
    plat = plat.replace("Æ", "ae").replace("\u00ad", "")
    return _RUN.findall("".join(signe for signe in plat if not unicodedata.combining(signe)).casefold())


def jetons(texte: str, page: int = 0) -> list[Jeton]:
    return [Jeton(run, page) for run in runs(texte)]


def cle(mot: str) -> str:
    return "".join(runs(mot))


def occurrences(suite: Sequence[Jeton], mot: str) -> list[list[int]]:
    """The ranks of the tokens that carry the word, cut or spaced out as it may be; one list an occurrence."""
    cherche = cle(mot)
    if not cherche:
        return []
    debuts, rang_de, place = set(), [], 0
    for rang, jeton in enumerate(suite):
        debuts.add(place)
        rang_de += [rang] * len(jeton.texte)
        place += len(jeton.texte)
    debuts.add(place)
    texte, trouvees, depart = "".join(jeton.texte for jeton in suite), [], 0
    while (debut := texte.find(cherche, depart)) >= 0:
        fin, depart = debut + len(cherche), debut + 1
        seul = rang_de[debut] == rang_de[fin - 1]
        entier = debut in debuts and fin in debuts
        if entier or (len(cherche) >= DEDANS and (seul or debut in debuts)):
            trouvees.append(sorted(set(rang_de[debut:fin])))
    return trouvees
