"""What a kind of act declares."""

from dataclasses import dataclass
from enum import StrEnum


class Famille(StrEnum):
    """The nature of the information asked."""

    ADMINISTRATIVE = "administrative"
    MEDICALE = "medicale"
    EXAMEN = "examen"
    AUDITION = "audition"
    RH = "rh"
    TECHNIQUE = "technique"


@dataclass(frozen=True, slots=True)
class TypeActe:
    """`choix` is read by the requester, `titre` heads the case, `executant` is the service code that answers.

    `medecin`: a named doctor agrees and sorts. `gel`: something disappears, so a preservation order comes first.
    `manuel`: legal affairs answer by hand with pieces.
    """

    code: str
    libelle: str
    choix: str
    titre: str
    famille: Famille
    executant: str = "CHV-DAJ"
    medecin: bool = False
    personne: bool = True
    periode: bool = False
    gel: str = ""
    ligne_executant: str = "Exécution demandée"
    manuel: bool = True
