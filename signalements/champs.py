"""The fields that a voie alone asks: declared as data, asked by its steps, kept sealed in `Signalement.propres`."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from dossiers.classes import Classe
from presentation.temps import date_fr, heure_fr


class Genre(StrEnum):
    """How a field is asked."""

    LIGNE = "ligne"
    TEXTE = "texte"
    CHOIX = "choix"
    PLUSIEURS = "plusieurs"
    OUI_NON = "oui_non"
    OUI_NON_NSP = "oui_non_nsp"
    JOUR = "jour"
    MOMENT = "moment"
    NOMBRE = "nombre"


REPONSES = {"OUI": "Oui", "NON": "Non", "NSP": "Ne sait pas"}


@dataclass(frozen=True, slots=True)
class Propre:
    """One field. `erreur` makes it required, in those words; `requis_si` requires it after these answers to another.

    `minimum`: how many answers a list must hold, `erreur` says it too. `interne`: it serves the controls and its
    author; it is never shown to the recipient nor printed. `dit`: how the summary and the document name the answer.
    """

    nom: str
    etape: str
    libelle: str
    genre: Genre
    choix: tuple[tuple[str, str], ...] = ()
    aide: str = ""
    erreur: str = ""
    requis_si: tuple[str, frozenset[str], str] | None = None
    classe: Classe = Classe.MEDICAL
    interne: bool = False
    minimum: int = 0
    dit: str = ""

    @property
    def intitule(self) -> str:
        """Its name beside the answer: the question was asked of the author, the document is read by somebody else."""
        return self.dit or self.libelle.removesuffix("\u00a0?")

    def garder(self, valeur: Any) -> Any:
        """The answer as it is kept."""
        return valeur.isoformat() if isinstance(valeur, date) else valeur

    def relire(self, valeur: Any) -> Any:
        """What is kept, as its form field shows it again."""
        return datetime.fromisoformat(valeur) if valeur and self.genre is Genre.MOMENT else valeur

    def dire(self, valeur: Any) -> str:
        """The answer in words, for the page and the PDF; empty when nothing was answered."""
        if self.genre is Genre.NOMBRE:
            return "" if valeur is None else str(valeur)
        if not valeur:
            return ""
        if self.genre is Genre.JOUR:
            return date_fr(date.fromisoformat(valeur))
        if self.genre is Genre.MOMENT:
            moment = datetime.fromisoformat(valeur)
            return f"{date_fr(moment)}, {heure_fr(moment)}"
        mots = dict(self.choix) or REPONSES
        if self.genre is Genre.PLUSIEURS:
            return "\n".join(mots[code] for code in valeur if code in mots)
        return str(valeur) if self.genre in {Genre.LIGNE, Genre.TEXTE} else mots.get(valeur, "")
