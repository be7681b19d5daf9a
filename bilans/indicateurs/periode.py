"""The year under review, and the one door through which figures read envelopes of every partner."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import Aggregate, DurationField, QuerySet
from django.utils import timezone

from dossiers.echeances import PARIS, feries
from dossiers.models import Dossier

MOIS_COURTS = ("janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
TRIMESTRES = ("1er trim.", "2e trim.", "3e trim.", "4e trim.")
# A draft may wait thirty days before it is sent, and a paper as long before it is typed: bounds of the creation of what
# was sent in a year.
ATTENTE = timedelta(days=31)


class Centile(Aggregate):
    """`percentile_cont` of a delay."""

    function = "percentile_cont"
    template = "%(function)s(%(part)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()

    def __init__(self, expression: object, part: float = 0.5) -> None:
        super().__init__(expression, part=part)


@dataclass(frozen=True)
class Periode:
    """One calendar year, Paris time, cut at `maintenant` while it runs."""

    annee: int
    maintenant: datetime

    @cached_property
    def debut(self) -> datetime:
        return datetime(self.annee, 1, 1, tzinfo=PARIS)

    @cached_property
    def fin(self) -> datetime:
        return min(datetime(self.annee + 1, 1, 1, tzinfo=PARIS), self.maintenant)

    @property
    def dernier_jour(self) -> date:
        return (self.fin - timedelta(seconds=1)).astimezone(PARIS).date()

    @property
    def mois(self) -> list[tuple[int, str]]:
        """The months begun, with their short names."""
        dernier = self.fin.astimezone(PARIS)
        nombre = 12 if dernier.year > self.annee else dernier.month
        return [(rang + 1, MOIS_COURTS[rang]) for rang in range(nombre)]

    @property
    def trimestres(self) -> list[tuple[int, str]]:
        return [(rang + 1, TRIMESTRES[rang]) for rang in range((len(self.mois) + 2) // 3)]

    @property
    def precedente(self) -> "Periode":
        """The same stretch of the year before, so that both compare."""
        fin = self.fin.astimezone(PARIS)
        if fin.year > self.annee:
            return Periode(self.annee - 1, fin)
        jour = fin.replace(year=fin.year - 1, day=min(fin.day, 28 if fin.month == 2 else fin.day))
        return Periode(self.annee - 1, jour)

    @property
    def feries(self) -> list[date]:
        return sorted(feries(self.annee))


def comparable(nature: str, p: Periode) -> bool:
    """Whether cases were already kept when the year before began: otherwise the two years do not compare."""
    return Dossier.objects.filter(nature=nature, cree_le__lt=p.precedente.debut + ATTENTE).exists()


def periode(annee: int) -> Periode:
    return Periode(annee, timezone.now())


def ouverts(nature: str, p: Periode) -> QuerySet[Dossier]:
    """Envelopes of one nature opened in the period, drafts apart. Aggregates only: no line of it is ever shown."""
    return (
        Dossier.objects.filter(nature=nature, cree_le__gte=p.debut, cree_le__lt=p.fin)
        .exclude(phase="brouillon")
        .order_by()
    )


def transmis(nature: str, p: Periode) -> QuerySet[Dossier]:
    """Envelopes that left their author in the period, whenever they were recorded. Aggregates only."""
    return Dossier.objects.filter(
        nature=nature,
        cree_le__gte=p.debut - ATTENTE,
        cree_le__lt=p.fin + ATTENTE,
        transmis_le__gte=p.debut,
        transmis_le__lt=p.fin,
    ).order_by()
