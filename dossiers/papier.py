"""Blank paper forms for the day the network is down, and the numbers printed on them.

Case apps register their forms in AppConfig.ready(). A number says which form it is, for whom and on which day it was
printed; its last two digits check the rest, so that a number misread from a crumpled sheet is refused at once.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime

_NUMERO = re.compile(r"P-([A-Z]{3})-(\d{6})-([A-Z0-9]{1,20})-(\d{2})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Champ:
    """A field to fill by hand: `lignes` ruled lines, or `cases` to tick when there are any."""

    libelle: str
    lignes: int = 1
    cases: tuple[str, ...] = ()
    aide: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    titre: str
    champs: tuple[Champ, ...]


@dataclass(frozen=True, slots=True)
class FormulairePapier:
    """One form. `colonnes` makes it a register: one wide table of empty rows instead of sections.

    `reprise` says where it is entered once the network is back; `hospitalier`: useless outside the hospital.
    """

    code: str
    titre: str
    consigne: str
    reprise: str
    sections: tuple[Section, ...] = ()
    colonnes: tuple[str, ...] = ()
    hospitalier: bool = True
    exemplaires: int = 5
    nature: str = field(default="")


@dataclass(frozen=True, slots=True)
class Numero:
    """What a printed number says."""

    texte: str
    formulaire: str
    imprime_le: date
    institution: str


_formulaires: dict[str, FormulairePapier] = {}


def enregistrer(formulaire: FormulairePapier) -> None:
    _formulaires[formulaire.code] = formulaire


def formulaires(*, hospitalier: bool) -> list[FormulairePapier]:
    """The forms of a house, in the order of their titles."""
    retenus = [f for f in _formulaires.values() if hospitalier or not f.hospitalier]
    return sorted(retenus, key=lambda formulaire: formulaire.titre)


def numeroter(formulaire: FormulairePapier, *, institution: str, jour: date, rang: int) -> str:
    corps = f"P-{formulaire.code}-{jour:%y%m%d}-{institution}-{rang:02d}"
    return f"{corps}-{_cle(corps):02d}"


def lire_numero(saisi: str) -> Numero | None:
    """The number as it was typed, spaces and small letters forgiven; None when it is not one of ours."""
    texte = re.sub(r"[\s.]", "", saisi).upper().replace("–", "-")
    trouve = _NUMERO.fullmatch(texte)
    if trouve is None or _cle(texte.rpartition("-")[0]) != int(trouve[5]):
        return None
    try:
        jour = datetime.strptime(trouve[2], "%y%m%d").date()  # noqa: DTZ007  # a day, without hour
    except ValueError:
        return None
    return Numero(texte, trouve[1], jour, trouve[3])


def _cle(corps: str) -> int:
    """97 minus the remainder: one letter wrong, or two swapped, gives another key."""
    return 97 - int.from_bytes(corps.encode(), "big") % 97
