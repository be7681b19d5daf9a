"""The registry of case types. Case apps register in AppConfig.ready(); the kernel and the floors above read it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from dossiers.models.dossier import Dossier
from transitions.workflow import Workflow

if TYPE_CHECKING:
    from convention.acteur import Acteur


@dataclass(frozen=True, slots=True)
class TypeDossier:
    """One nature of case.

    `adresse(dossier, acteur)` is the page this reader opens, without a query: lists ask it of each row;
    `peut_lire_piece(piece, acteur)` decides a download, `arret_des_pieces(dossier, acteur)` says why pieces that this
    reader was given are no more to be had, by their id; `piece_propre(piece, acteur)` names the papers that the unit
    of this reader wrote the case with: it reads them again, whatever classes its role receives elsewhere;
    `reprise(cle)` resumes a draft that has no envelope yet; such a draft's genre is the nature in lower case.
    """

    nature: str
    prefixe: str
    libelle: str
    workflow: Workflow
    adresse: Callable[[Dossier, "Acteur"], str]
    variantes: dict[str, str] = field(default_factory=dict)
    peut_lire_piece: Callable[..., bool] = field(default=lambda piece, acteur: False)
    piece_propre: Callable[..., bool] = field(default=lambda piece, acteur: False)
    arret_des_pieces: Callable[..., dict[int, str]] = field(default=lambda dossier, acteur: {})
    reprise: Callable[[UUID], str] | None = None


_types: dict[str, TypeDossier] = {}


def enregistrer(type_dossier: TypeDossier) -> None:
    _types[type_dossier.nature] = type_dossier


def type_de(dossier: Dossier) -> TypeDossier:
    return _types[dossier.nature]


def type_du_genre(genre: str) -> TypeDossier:
    """The case type a draft without an envelope is for."""
    return _types[genre.upper()]


def types() -> tuple[TypeDossier, ...]:
    return tuple(_types.values())
