"""Changing a tree being drawn, as the raw value of its draft: faults are allowed, they are shown."""

import copy
from typing import Any

from fiches.arbre.modele import Arbre, lire

Brut = dict[str, Any]
VIDE: Brut = {"questions": [], "conclusions": []}
PREFIXES = {"questions": "q", "conclusions": "c"}


def lu(brut: Brut) -> Arbre:
    arbre = lire(brut)
    assert arbre is not None  # noqa: S101  a draft is never None
    return arbre


def sorte(identifiant: str) -> str:
    """The list in which this identifier stands."""
    return "questions" if identifiant.startswith("q") else "conclusions"


def trouver(brut: Brut, identifiant: str) -> Brut | None:
    return next((ligne for ligne in brut[sorte(identifiant)] if ligne["id"] == identifiant), None)


def poser(brut: Brut, liste: str, ligne: Brut, identifiant: str = "") -> tuple[Brut, str]:
    """Replace a line, or add one under the next free number: an identifier is never given twice."""
    neuf = copy.deepcopy(brut)
    if identifiant:
        neuf[liste] = [
            {**ligne, "id": identifiant} if ancienne["id"] == identifiant else ancienne for ancienne in neuf[liste]
        ]
        return neuf, identifiant
    rang = max((int(ancienne["id"].partition("-")[2]) for ancienne in neuf[liste]), default=0) + 1
    identifiant = f"{PREFIXES[liste]}-{rang}"
    neuf[liste].append({**ligne, "id": identifiant})
    return neuf, identifiant


def deplacer(brut: Brut, identifiant: str, pas: int) -> Brut:
    """Move a line up (-1) or down (+1). The first question is where everybody starts."""
    neuf = copy.deepcopy(brut)
    lignes = neuf[sorte(identifiant)]
    ici = next((rang for rang, ligne in enumerate(lignes) if ligne["id"] == identifiant), None)
    if ici is not None and 0 <= ici + pas < len(lignes):
        lignes[ici], lignes[ici + pas] = lignes[ici + pas], lignes[ici]
    return neuf


def supprimer(brut: Brut, identifiant: str) -> Brut:
    """The answers that led there lead nowhere any more: the faults say which."""
    neuf = copy.deepcopy(brut)
    neuf[sorte(identifiant)] = [ligne for ligne in neuf[sorte(identifiant)] if ligne["id"] != identifiant]
    for question in neuf["questions"]:
        for reponse in question["reponses"]:
            if reponse["vers"] == identifiant:
                reponse["vers"] = ""
    return neuf
