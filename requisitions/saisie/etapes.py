"""Where a seizure stands, in the words of §4.4: a pure function of what is recorded, no state of its own."""

from dataclasses import dataclass
from enum import StrEnum

from requisitions import etats
from requisitions.policies import SORTIE


class Etape(StrEnum):
    ANNONCEE = "Annoncée"
    CONTROLEE = "Contrôlée"
    ORDRE_CONVOQUE = "Ordre convoqué"
    PREPAREE = "Préparée"
    REALISEE = "Réalisée"
    RESTITUTION_EN_ATTENTE = "Restitution en attente"
    CLOTUREE = "Close"


@dataclass(frozen=True, slots=True)
class Saisie:
    """What is recorded. `a_rendre`: what the hospital no longer has; `rendu`: all of it came back, or was refused."""

    etat: str
    inopinee: bool = False
    ordre_convoque: bool = False
    preparee: bool = False
    realisee: bool = False
    a_rendre: bool = False
    rendu: bool = False


CONTROLEES = frozenset({etats.VALIDEE, etats.AFFECTEE, etats.EN_EXECUTION}) | SORTIE


def etapes(s: Saisie) -> list[tuple[Etape, bool]]:
    """Each step with whether it is done. A search that nobody announced starts at « Réalisée »."""
    if s.etat in etats.SANS_SUITE:
        return []
    avant = [
        (Etape.ANNONCEE, True),
        (Etape.CONTROLEE, s.etat in CONTROLEES),
        (Etape.ORDRE_CONVOQUE, s.ordre_convoque),
        (Etape.PREPAREE, s.preparee),
    ]
    apres = [(Etape.REALISEE, s.realisee or s.inopinee or s.etat in SORTIE)]
    if s.a_rendre:
        apres.append((Etape.RESTITUTION_EN_ATTENTE, s.rendu))
    apres.append((Etape.CLOTUREE, s.etat == etats.CLOTUREE and (s.rendu or not s.a_rendre)))
    return apres if s.inopinee else [*avant, *apres]


def ou_en_est(s: Saisie) -> Etape | None:
    """The one word: what waits for its return is not over, even when the case is closed."""
    faites = [etape for etape, fait in etapes(s) if fait]
    if s.etat in SORTIE and s.a_rendre and not s.rendu:
        return Etape.RESTITUTION_EN_ATTENTE
    return faites[-1] if faites else None
