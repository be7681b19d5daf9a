"""Where each partner stands, passage by passage: the matrix under a comparison."""

from collections.abc import Sequence
from dataclasses import dataclass

from fiches.models import Remarque, VersionFiche, Visa
from fiches.positions import Position, positions
from presentation.comparaison import Passage


@dataclass(frozen=True, slots=True)
class Case:
    """One partner on one passage: the words, their tone, and its open remarks there."""

    intitule: str
    libelle: str
    ton: str
    icone: str
    remarques: int


@dataclass(frozen=True, slots=True)
class Rangee:
    position: Position
    cases: list[Case]


def tableau(version: VersionFiche, passages: Sequence[Passage]) -> list[Rangee]:
    """One row a signatory, one case a changed passage. A reserve that names no passage is about all of them."""
    ouvertes: dict[tuple[int, str], int] = {}
    for remarque in Remarque.objects.filter(version_fiche=version, resolue_le=None):
        cle = (remarque.institution_id, remarque.passage)
        ouvertes[cle] = ouvertes.get(cle, 0) + 1
    return [
        Rangee(
            position,
            [_case(position, passage, ouvertes.get((position.institution.pk, passage.id), 0)) for passage in passages],
        )
        for position in positions(version)
    ]


def _case(position: Position, passage: Passage, remarques: int) -> Case:
    """A partner who holds back one passage has approved none of the others: it only has no reserve on them."""
    visa = position.visa
    vise = visa is None or visa.avis == Visa.Avis.APPROUVE or not visa.passages or passage.id in visa.passages
    if not vise:
        return Case(passage.intitule, "Sans réserve", "mute", "circle", remarques)
    return Case(passage.intitule, position.libelle, position.ton, position.icone, remarques)
