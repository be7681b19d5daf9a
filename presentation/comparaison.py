"""Word-level comparison of two versions: passages are aligned by identifier, then compared token by token."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

EGAL, AJOUTE, SUPPRIME = "egal", "ajoute", "supprime"
# An elided word keeps its apostrophe, a French high punctuation mark its no-break space: « l’ », « : », « « ».
COEUR = r"\n|\w+’|\d+(?:[.,]\d+)*|\w+(?:-\w+)*|«\u00a0?|\u00a0?[;:!?»%]|[^\w\s]|\u00a0"
JETON = re.compile(rf"({COEUR})([ \t\u00a0]*(?![;:!?»%]))")


@dataclass(frozen=True, slots=True)
class Bloc:
    """A passage: its identifier never changes from one version to the next, its title and lines may."""

    id: str
    intitule: str
    lignes: list[str]


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of words of one kind: EGAL, AJOUTE or SUPPRIME."""

    genre: str
    texte: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One compared block. `rang` numbers the changed passages of the whole text, 0 when nothing changed here."""

    id: str
    intitule: str
    genre: str
    segments: list[Segment]
    rang: int = 0

    @property
    def change(self) -> bool:
        return self.genre != "inchange"

    @property
    def avant(self) -> list[Segment]:
        """What the old text says, for a column of its own."""
        return [segment for segment in self.segments if segment.genre != AJOUTE]

    @property
    def apres(self) -> list[Segment]:
        return [segment for segment in self.segments if segment.genre != SUPPRIME]


def comparer(anciens: list[Bloc], nouveaux: list[Bloc]) -> list[Passage]:
    """Every passage of both texts, in the order of the new one; a removed passage stays at its former place."""
    passages: list[Passage] = []
    rang = 0
    for bloc, ancien in _aligner(anciens, nouveaux):
        lignes_avant = "\n".join(ancien.lignes) if ancien else ""
        lignes_apres = "\n".join(bloc.lignes) if bloc else ""
        segments = list(segmenter(lignes_avant, lignes_apres))
        genre = _genre(bloc, ancien, segments)
        rang += genre != "inchange"
        visible = bloc or ancien
        assert visible is not None  # noqa: S101  _aligner gives at least one of the two
        passages.append(Passage(visible.id, visible.intitule, genre, segments, rang if genre != "inchange" else 0))
    return passages


def _genre(bloc: Bloc | None, ancien: Bloc | None, segments: list[Segment]) -> str:
    if bloc is None:
        return SUPPRIME
    if ancien is None:
        return AJOUTE
    return "modifie" if any(segment.genre != EGAL for segment in segments) else "inchange"


def _aligner(anciens: list[Bloc], nouveaux: list[Bloc]) -> Iterator[tuple[Bloc | None, Bloc | None]]:
    """Pairs (new, old). A removed block comes after the block that preceded it in the old text."""
    restants = {bloc.id for bloc in nouveaux}
    par_id = {bloc.id: bloc for bloc in anciens}
    suivants: dict[str, list[Bloc]] = {}
    precedent = ""
    for bloc in anciens:
        if bloc.id in restants:
            precedent = bloc.id
        else:
            suivants.setdefault(precedent, []).append(bloc)
    yield from ((None, disparu) for disparu in suivants.get("", []))
    for bloc in nouveaux:
        yield bloc, par_id.get(bloc.id)
        yield from ((None, disparu) for disparu in suivants.get(bloc.id, []))


def jetons(texte: str) -> list[tuple[str, str]]:
    """(word or mark, the space that follows it)."""
    return [(trouve[1], trouve[2]) for trouve in JETON.finditer(texte)]


def segmenter(avant: str, apres: str) -> Iterator[Segment]:
    """The differences of two texts; a space alone is no difference."""
    anciens, nouveaux = jetons(avant), jetons(apres)
    operations = SequenceMatcher(
        None, [mot for mot, _ in anciens], [mot for mot, _ in nouveaux], autojunk=False
    ).get_opcodes()
    for genre, a1, a2, b1, b2 in _relier(operations, nouveaux):
        if genre == "equal":
            # The last space of a run may stand in the old text only: what is struck out after it needs it.
            fin = "" if nouveaux[b2 - 1][1] else anciens[a2 - 1][1]
            yield Segment(EGAL, _texte(nouveaux[b1:b2]) + fin)
            continue
        if a2 > a1:
            yield Segment(SUPPRIME, _texte(anciens[a1:a2]))
        if b2 > b1:
            yield Segment(AJOUTE, _texte(nouveaux[b1:b2]))


Operation = tuple[str, int, int, int, int]


def _relier(operations: Sequence[Operation], nouveaux: list[tuple[str, str]]) -> list[Operation]:
    """One small word left alone between two changes belongs to them: the reader sees a phrase, not confetti."""
    reliees: list[Operation] = []
    for rang, (genre, a1, a2, b1, b2) in enumerate(operations):
        seul = genre == "equal" and b2 - b1 == 1 and len(nouveaux[b1][0].strip()) <= 3 and nouveaux[b1][0] != "\n"
        entre = 0 < rang < len(operations) - 1
        if reliees and reliees[-1][0] == "replace" and (genre != "equal" or (seul and entre)):
            _, debut_a, _, debut_b, _ = reliees[-1]
            reliees[-1] = ("replace", debut_a, a2, debut_b, b2)
        else:
            reliees.append((genre if genre == "equal" else "replace", a1, a2, b1, b2))
    return reliees


def _texte(jetons_: list[tuple[str, str]]) -> str:
    return "".join(mot + espace for mot, espace in jetons_)
