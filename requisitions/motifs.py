"""From what the controls found to the words and codes of the answer: proposed, never sent without a reader."""

from collections.abc import Iterable

from requisitions.models import Requisition
from transitions.verdict import Constat

Refus = Requisition.Refus
# The mention of the grid that each blocking control asks to put right.
POINTS = {
    "R-01": "M3",
    "R-02": "M3",
    "R-03": "M1",
    "R-04": "M4",
    "R-05": "M5",
    "R-06": "M2",
    "R-07": "M2",
    "R-08": "M2",
    "R-09": "M1",
    "R-23": "M3",
    "R-26": "M10",
}
# The first that is met gives the ground.
REFUS = (
    ("R-35", Refus.EXPERTISE_DETENU),
    ("R-06", Refus.SECRET),
    ("R-07", Refus.SECRET),
    ("R-13", Refus.SECRET),
    ("R-11", Refus.RECUSATION),
)
# Of a presence, any other ground (secret, doctor concerned, gesture refused) says that somebody is there.
SANS_TRAHIR = frozenset({Refus.INCOMPETENCE, Refus.INDISPONIBILITE, Refus.SANS_OBJET})
# What these say is for the hospital alone.
INTERNES = frozenset({"R-14", "R-19", "R-20", "R-46"})


def points(constats: Iterable[Constat]) -> list[str]:
    return list(dict.fromkeys(POINTS[constat.numero] for constat in constats if constat.numero in POINTS))


def refus(constats: Iterable[Constat]) -> str:
    """The coded ground of a refusal; empty when nothing calls for one."""
    trouves = {constat.numero: constat for constat in constats if constat.bloque}
    pubertaire = trouves.get("R-23")
    if pubertaire and "pubertaire" in pubertaire.message:
        return Refus.PUBERTAIRE
    connu = next((motif for numero, motif in REFUS if numero in trouves), None)
    return connu or (Refus.INCOMPETENCE if trouves else "")


def possibles(type_acte: str) -> list[Requisition.Refus]:
    """The grounds on which this kind of act may be refused."""
    return [motif for motif in Refus if type_acte != "PRESENCE" or motif in SANS_TRAHIR]


def texte(constats: Iterable[Constat]) -> str:
    """One line a point, with its legal ground."""
    return "\n".join(
        f"{constat.message} ({constat.reference})" if constat.reference else constat.message
        for constat in constats
        if constat.bloque and constat.numero not in INTERNES
    )
