"""Answers of rules: a Verdict permits or refuses an act, a Constat is what a numbered control found."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes, or no with the French reason shown beside the disabled button."""

    permis: bool
    raison: str = ""

    def __bool__(self) -> bool:
        return self.permis


OUI = Verdict(True)


def non(raison: str) -> Verdict:
    return Verdict(False, raison)


def tous(*verdicts: Verdict) -> Verdict:
    """The first refusal, else yes."""
    return next((verdict for verdict in verdicts if not verdict), OUI)


class Niveau(StrEnum):
    BLOQUANT = "bloquant"
    ALERTE = "alerte"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Constat:
    """One finding of one numbered control; `champ` names the form field it stands beside."""

    numero: str
    niveau: Niveau
    message: str
    champ: str = ""
    reference: str = ""
    version: str = "2025.1"

    @property
    def bloque(self) -> bool:
        return self.niveau is Niveau.BLOQUANT
