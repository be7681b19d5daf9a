"""Slots as intervals of real time: what nobody holds, who is called first, what a right covers. Pure functions.

Instants are compared in UTC, so that the hour which comes twice in October and the one which never comes in March
count for what they last.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol, TypeVar

from presentation.temps import PARIS

UN_JOUR = timedelta(days=1)
HORIZON = timedelta(days=30)
MAILLONS = 5  # a chain of substitutes longer than this helps nobody at night


class Borne(Protocol):
    """Anything that begins and ends."""

    @property
    def debut(self) -> datetime: ...
    @property
    def fin(self) -> datetime: ...


class Maillon(Protocol):
    """A service that another one replaces."""

    @property
    def pk(self) -> int: ...
    @property
    def remplacant_id(self) -> int | None: ...


M = TypeVar("M", bound=Maillon)


@dataclass(frozen=True, slots=True)
class Trou:
    """A stretch of time that nobody holds."""

    debut: datetime
    fin: datetime

    @property
    def duree(self) -> timedelta:
        return self.fin.astimezone(UTC) - self.debut.astimezone(UTC)


def trous(creneaux: Iterable[Borne], debut: datetime, fin: datetime) -> list[Trou]:
    """The stretches of [debut, fin) that no slot holds, in order, as long as they can be."""
    curseur, limite = debut.astimezone(UTC), fin.astimezone(UTC)
    manques: list[Trou] = []
    for depart, arrivee in sorted((c.debut.astimezone(UTC), c.fin.astimezone(UTC)) for c in creneaux):
        if arrivee <= curseur:
            continue
        if depart >= limite:
            break
        if depart > curseur:
            manques.append(Trou(curseur, depart))
        curseur = arrivee
    if curseur < limite:
        manques.append(Trou(curseur, limite))
    return manques


def couvre(droits: Iterable[tuple[date, date | None]], debut: datetime, fin: datetime) -> bool:
    """Whether rights (first day, first day without) hold every instant of [debut, fin)."""
    validites = [Trou(minuit(premier), minuit(dernier) if dernier else fin) for premier, dernier in droits]
    return not trous([v for v in validites if v.fin > v.debut], debut, fin)


def minuit(jour: date) -> datetime:
    """The instant when a day begins in Paris."""
    return datetime.combine(jour, time(), PARIS)


def semaine(jour: date) -> tuple[datetime, datetime]:
    """Monday's and the next Monday's first instants: 167, 168 or 169 hours apart."""
    lundi = jour - timedelta(days=jour.weekday())
    return minuit(lundi), minuit(lundi + 7 * UN_JOUR)


def chaine(depart: M, services: Sequence[M]) -> list[M]:
    """The service, then who replaces it, and so on: never twice the same, never more than MAILLONS."""
    par_cle = {service.pk: service for service in services}
    suite, vus, present = [depart], {depart.pk}, depart
    while len(suite) < MAILLONS and present.remplacant_id is not None:
        suivant = par_cle.get(present.remplacant_id)
        if suivant is None or suivant.pk in vus:
            break
        suite.append(suivant)
        vus.add(suivant.pk)
        present = suivant
    return suite
