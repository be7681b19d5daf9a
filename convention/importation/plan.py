"""What a spreadsheet would change, row by row, and the titles that its columns may have. Pure."""

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone

from documents.tableurs import Feuille, TableurRefuse

FORMATS_DE_DATE = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y")
FORMATS_DE_MOMENT = ("%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M", "%d/%m/%Y %Hh%M", "%Y-%m-%d", "%d/%m/%Y")
MAUVAISE_DATE = "Écrivez une date comme 24/11/2026."
MAUVAIS_MOMENT = "Écrivez une date et une heure comme 24/11/2026 20:00."
HEURE_DOUTEUSE = "Cette heure n’existe pas, ou existe deux fois, au changement d’heure. Choisissez-en une autre."


class Statut(StrEnum):
    CREE = "cree"
    CHANGE = "change"
    INCHANGE = "inchange"
    INCONNU = "inconnu"
    ERREUR = "erreur"


@dataclass(frozen=True, slots=True)
class Colonne:
    """`lue` is False for a column that only helps people read."""

    cle: str
    titre: str
    obligatoire: bool = False
    lue: bool = True


class CaseRefusee(ValueError):
    """One cell is wrong: its column, and the sentence."""

    def __init__(self, colonne: str, message: str) -> None:
        super().__init__(message)
        self.colonne = colonne


@dataclass(frozen=True, slots=True)
class Changement:
    """One row: what it does, or why it cannot. `ecarts`: (column, before, after)."""

    numero: int
    statut: Statut
    service: str
    objet: str = ""
    ecarts: list[tuple[str, str, str]] = field(default_factory=list)
    colonne: str = ""
    erreur: str = ""
    # What the writing needs: the row found, if any, and the values.
    pk: int | None = None
    valeurs: dict[str, object] = field(default_factory=dict)

    @property
    def ou(self) -> str:
        """« Ligne 4, colonne « Téléphone » »."""
        suite = f", colonne «\u00a0{self.colonne}\u00a0»" if self.colonne else ""
        return f"Ligne {self.numero}{suite}"


@dataclass(frozen=True, slots=True)
class Plan:
    changements: list[Changement]

    @property
    def comptes(self) -> Counter[Statut]:
        return Counter(changement.statut for changement in self.changements)

    @property
    def fautes(self) -> list[Changement]:
        return [c for c in self.changements if c.statut in {Statut.ERREUR, Statut.INCONNU}]

    @property
    def utiles(self) -> list[Changement]:
        return [c for c in self.changements if c.statut in {Statut.CREE, Statut.CHANGE}]

    @property
    def applicable(self) -> bool:
        return bool(self.utiles) and not self.fautes

    @property
    def empreinte(self) -> str:
        """Changes as soon as the directory that it was computed against does."""
        texte = json.dumps([asdict(c) for c in self.changements], sort_keys=True, default=str)
        return hashlib.sha256(texte.encode()).hexdigest()


def ranger(feuille: Feuille, colonnes: Sequence[Colonne]) -> list[dict[str, str]]:
    """Each row by column key, with its `numero`; raises TableurRefuse on a title that is not expected."""
    attendus = "Attendu\u00a0: " + ", ".join(f"«\u00a0{colonne.titre}\u00a0»" for colonne in colonnes) + "."
    par_titre = {_plat(colonne.titre): colonne for colonne in colonnes}
    trouvees: list[Colonne] = []
    for titre in feuille.entetes:
        colonne = par_titre.get(_plat(titre))
        if colonne is None:
            raise TableurRefuse(f"La colonne «\u00a0{titre[:80]}\u00a0» n’est pas connue. {attendus}")
        if colonne in trouvees:
            raise TableurRefuse(f"La colonne «\u00a0{colonne.titre}\u00a0» est là deux fois. Gardez-en une.")
        trouvees.append(colonne)
    for colonne in colonnes:
        if colonne.obligatoire and colonne not in trouvees:
            raise TableurRefuse(f"Il manque la colonne «\u00a0{colonne.titre}\u00a0». {attendus}")
    if not feuille.lignes:
        raise TableurRefuse("Ce fichier n’a que ses titres\u00a0: aucune ligne à importer.")
    return [_rangee(numero, cellules, trouvees) for numero, cellules in feuille.lignes]


def _rangee(numero: int, cellules: Sequence[str], colonnes: Sequence[Colonne]) -> dict[str, str]:
    if len(cellules) > len(colonnes):
        raise TableurRefuse(f"Ligne {numero}\u00a0: une case dépasse la dernière colonne titrée. Effacez-la.")
    valeurs = {colonne.cle: cellule for colonne, cellule in zip(colonnes, cellules, strict=False) if colonne.lue}
    return {"numero": str(numero), **valeurs}


def obligatoire(ligne: Mapping[str, str], cle: str, titre: str) -> str:
    valeur = ligne.get(cle, "")
    if not valeur:
        raise CaseRefusee(titre, "Complétez cette case.")
    return valeur


def en_date(valeur: str, titre: str) -> date:
    for forme in FORMATS_DE_DATE:
        try:
            return datetime.strptime(valeur, forme).date()  # noqa: DTZ007  # a day, not an instant
        except ValueError:
            continue
    raise CaseRefusee(titre, MAUVAISE_DATE)


def en_moment(valeur: str, titre: str) -> datetime:
    for forme in FORMATS_DE_MOMENT:
        try:
            naif = datetime.strptime(valeur.replace(" h ", "h"), forme)  # noqa: DTZ007  # Paris is said below
        except ValueError:
            continue
        try:
            return from_current_timezone(naif)
        except ValidationError as erreur:
            raise CaseRefusee(titre, HEURE_DOUTEUSE) from erreur
    raise CaseRefusee(titre, MAUVAIS_MOMENT)


def _plat(titre: str) -> str:
    decompose = unicodedata.normalize("NFKD", titre.replace("'", "’").casefold())
    return "".join(c for c in decompose if not unicodedata.combining(c)).strip()
