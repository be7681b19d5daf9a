"""A tree as nested lists: what its référente sees while drawing, loops and gaps included."""

from dataclasses import dataclass, field
from typing import Any

from fiches.arbre.edition import Brut, trouver


@dataclass(slots=True)
class Branche:
    """An element and what follows each of its answers. `deja`: drawn higher up, or a loop."""

    identifiant: str
    titre: str
    question: bool
    deja: bool = False
    reponses: list[tuple[str, "Branche | None"]] = field(default_factory=list)


def branche(brut: Brut) -> Branche | None:
    """From the first question; each element is drawn once."""
    if not brut["questions"]:
        return None
    return _dessiner(brut, brut["questions"][0]["id"], set())


def _dessiner(brut: Brut, identifiant: str, vus: set[str]) -> Branche | None:
    ligne: dict[str, Any] | None = trouver(brut, identifiant) if identifiant else None
    if ligne is None:
        return None
    question = "texte" in ligne
    noeud = Branche(identifiant, ligne["texte"] if question else ligne["titre"], question, deja=identifiant in vus)
    if not question or noeud.deja:
        return noeud
    vus.add(identifiant)
    noeud.reponses = [(reponse["texte"], _dessiner(brut, reponse["vers"], vus)) for reponse in ligne["reponses"]]
    return noeud
