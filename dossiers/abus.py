"""Patterns of abuse that no single request shows: pure rules over what a person left in the journal (SEC-61).

With the volume and the bursts of refusals (`dossiers/garde.py`) and the exceptional openings, they make eight.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

HEURE = timedelta(hours=1)
RECHERCHES, DEVOILEMENTS, DE_NUIT = 15, 8, 6
# In seven days, as many cases as five hours at the limit that asks for a code.
HEURES_PLEINES = 5
NUIT = (22, 6)


@dataclass(frozen=True, slots=True)
class Trace:
    """One line of the journal, as far as these rules read it; `cle` is that of a case."""

    le: datetime
    genre: str  # ouverture, recherche, devoilement, acte
    cle: str = ""


@dataclass(frozen=True, slots=True)
class Activite:
    """What a person did in the last hour (`traces`) and what the journal says of the time before."""

    maintenant: datetime
    traces: Sequence[Trace] = ()
    limite_horaire: int = 60
    ouverts_en_sept_jours: int = 0
    ouverts_cette_nuit: int = 0
    nuits_du_mois: int = 0
    de_garde: bool = False
    noms_lus: frozenset[str] = frozenset()
    nom: str = ""

    def cles(self, *genres: str) -> set[str]:
        recentes = (trace for trace in self.traces if self.maintenant - trace.le <= HEURE)
        return {trace.cle for trace in recentes if trace.genre in genres and trace.cle}

    def nombre(self, genre: str) -> int:
        return sum(trace.genre == genre and self.maintenant - trace.le <= HEURE for trace in self.traces)


def est_la_nuit(moment: datetime) -> bool:
    """`moment` in local time."""
    return moment.hour >= NUIT[0] or moment.hour < NUIT[1]


def cherche_sans_ouvrir(activite: Activite) -> bool:
    """Many searches, and hardly a case opened: somebody looks for whether a name is there."""
    faites = activite.nombre("recherche")
    return faites >= RECHERCHES and len(activite.cles("ouverture")) * 5 < faites


def devoile_sans_agir(activite: Activite) -> bool:
    """Identities shown one after the other, and nothing done in those cases."""
    return len(activite.cles("devoilement") - activite.cles("acte")) >= DEVOILEMENTS


def ouvre_la_nuit_sans_habitude(activite: Activite) -> bool:
    """Cases opened in the night by somebody neither on call nor ever at work at night in the last month."""
    if activite.de_garde or activite.nuits_du_mois or not est_la_nuit(activite.maintenant):
        return False
    return activite.ouverts_cette_nuit >= DE_NUIT


def emporte_lentement(activite: Activite) -> bool:
    """Never over the limit of an hour, and yet everything in a week."""
    return activite.ouverts_en_sept_jours >= HEURES_PLEINES * activite.limite_horaire


def lit_un_proche(activite: Activite) -> bool:
    """A case about somebody of the reader’s own name, opened without acting in it; names are blind indexes."""
    return bool(activite.nom) and activite.nom in activite.noms_lus


REGLES: Mapping[str, Callable[[Activite], bool]] = MappingProxyType(
    {
        "recherches": cherche_sans_ouvrir,
        "devoilements": devoile_sans_agir,
        "nuit": ouvre_la_nuit_sans_habitude,
        "lent": emporte_lentement,
        "proche": lit_un_proche,
    }
)


def reconnaitre(activite: Activite) -> Iterable[str]:
    """The patterns that this activity shows."""
    return [genre for genre, regle in REGLES.items() if regle(activite)]
