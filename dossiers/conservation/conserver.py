"""What each case app says of its cases: registered in AppConfig.ready(), read by the scan."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from dossiers.models import Conservation, Dossier

FERMEES = ("clos", "archive")


@dataclass(frozen=True, slots=True)
class Lecture:
    """The rule a case falls under, and the facts it counts from."""

    regle: str
    depart: date | None
    naissance: date | None = None
    deces: date | None = None


@dataclass(frozen=True, slots=True)
class Passager:
    """Something inside a case that goes before it: `effacer()` removes it and may be called again."""

    regle: str
    depart: date | None
    mis_a_disposition: date | None
    effacer: Callable[[], None]


def rien(dossier: Dossier) -> list[Passager]:
    return []


@dataclass(frozen=True, slots=True)
class Conserve:
    """How one nature of case is kept. `etats` are those whose retention runs although the case is not closed."""

    nature: str
    lire: Callable[[Dossier], Lecture]
    passagers: Callable[[Dossier], list[Passager]] = rien
    etats: frozenset[str] = frozenset()


_conserves: dict[str, Conserve] = {}


def conserver(
    nature: str,
    lire: Callable[[Dossier], Lecture],
    passagers: Callable[[Dossier], list[Passager]] = rien,
    etats: frozenset[str] = frozenset(),
) -> None:
    """Declare how a nature of case is kept; called in AppConfig.ready()."""
    _conserves[nature] = Conserve(nature, lire, passagers, etats)


def conserve_de(dossier: Dossier) -> Conserve:
    return _conserves[dossier.nature]


def natures() -> tuple[str, ...]:
    return tuple(_conserves)


def etats_suivis() -> frozenset[str]:
    """States outside the closed phases whose retention runs."""
    return frozenset(etat for conserve in _conserves.values() for etat in conserve.etats)


def a_reexaminer(dossier: Dossier) -> None:
    """Something inside the case has a term of its own, new or moved: tonight's scan counts again."""
    Conservation.objects.filter(dossier=dossier, detruit_le=None).update(prochaine=timezone.localdate())


def fermeture(dossier: Dossier) -> date | None:
    """The day a case was closed; one that its last answer closed counts from its last activity."""
    if dossier.phase not in FERMEES:
        return None
    return timezone.localdate(dossier.clos_le or dossier.derniere_activite)
