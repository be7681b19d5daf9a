"""« Cette étape ne marche pas »: where a sheet sends its reader. The app that keeps the feedback registers here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.urls import reverse

from convention.acteur import Acteur
from fiches.models import VersionFiche


@dataclass(frozen=True, slots=True)
class Retours:
    """The feedback on one sheet, for one reader. `adresses`: the form of each passage; `nombres`: what waits there,
    for the référente alone; `liste`: where she reads it."""

    adresses: Mapping[str, str] = field(default_factory=dict)
    nombres: Mapping[str, int] = field(default_factory=dict)
    liste: str = ""

    @property
    def total(self) -> int:
        return sum(self.nombres.values())


Voir = Callable[[VersionFiche, Acteur], Retours]
_registre: list[tuple[Voir, str]] = []


def enregistrer(voir: Voir, *, page: str) -> None:
    """Called once in AppConfig.ready(). `page`: the name of the address where a person reads their own feedback."""
    _registre[:] = [(voir, page)]


def vus_par(version: VersionFiche, acteur: Acteur) -> Retours:
    """Nothing as long as no app keeps feedback."""
    return _registre[0][0](version, acteur) if _registre else Retours()


def page_des_miens() -> str:
    """Where a reader finds their own feedback; empty as long as no app keeps any."""
    return reverse(_registre[0][1]) if _registre else ""
