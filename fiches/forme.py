"""Shapes: what a value read from a file or a form must look like, and the French sentence when it does not."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from fiches.prose import IMBRICATION, trop_imbrique

Chemin = tuple[str | int, ...]


class Probleme(NamedTuple):
    """One fault, and the path of keys and ranks that leads to it."""

    chemin: Chemin
    message: str


Forme = Callable[[Any, Chemin], Iterator[Probleme]]


def texte(maximum: int = 2000, *, vide: bool = False) -> Forme:
    def verifier(valeur: Any, chemin: Chemin) -> Iterator[Probleme]:
        if not isinstance(valeur, str):
            yield Probleme(chemin, f"{nom(chemin)} doit être un texte.")
        elif not vide and not valeur.strip():
            yield Probleme(chemin, f"{nom(chemin)} est vide.")
        elif len(valeur) > maximum:
            yield Probleme(chemin, f"{nom(chemin)} dépasse {maximum} caractères.")

    return verifier


def markdown(maximum: int = 2000, *, en_ligne: bool = False) -> Forme:
    """A text in Markdown that its page can show whole: beyond some depth the engine drops words without a sound."""
    longueur = texte(maximum)

    def verifier(valeur: Any, chemin: Chemin) -> Iterator[Probleme]:
        fautes = list(longueur(valeur, chemin))
        yield from fautes
        if not fautes and trop_imbrique(valeur, en_ligne=en_ligne):
            yield Probleme(chemin, f"{nom(chemin)} : {IMBRICATION}")

    return verifier


def motif(expression: str, exemple: str) -> Forme:
    """A text that matches a whole regular expression; `exemple` shows a right one."""

    def verifier(valeur: Any, chemin: Chemin) -> Iterator[Probleme]:
        if not isinstance(valeur, str) or not re.fullmatch(expression, valeur):
            yield Probleme(chemin, f"{nom(chemin)} n’a pas la forme attendue, par exemple « {exemple} ».")

    return verifier


def choix(valeurs: Collection[str]) -> Forme:
    def verifier(valeur: Any, chemin: Chemin) -> Iterator[Probleme]:
        if valeur not in valeurs:
            yield Probleme(chemin, f"« {valeur} » n’est pas une valeur connue de {nom(chemin)}.")

    return verifier


def _type(attendu: type, phrase: str) -> Forme:
    def verifier(valeur: Any, chemin: Chemin) -> Iterator[Probleme]:
        if type(valeur) is not attendu:
            yield Probleme(chemin, f"{nom(chemin)} doit être {phrase}.")

    return verifier


def booleen() -> Forme:
    return _type(bool, "« true » ou « false »")


def entier() -> Forme:
    return _type(int, "un nombre entier")


def jour() -> Forme:
    """A date without an hour, written 2026-11-02 in a file."""

    def verifier(valeur: Any, chemin: Chemin) -> Iterator[Probleme]:
        if not isinstance(valeur, date) or isinstance(valeur, datetime):
            yield Probleme(chemin, f"{nom(chemin)} doit être une date, par exemple 2026-11-02.")

    return verifier


def facultatif(forme: Forme) -> Forme:
    return lambda valeur, chemin: iter(()) if valeur is None else forme(valeur, chemin)


def liste(forme: Forme, *, minimum: int = 0, maximum: int = 100) -> Forme:
    """Beyond `maximum`, one fault is told, and not those of every line."""

    def verifier(valeur: Any, chemin: Chemin) -> Iterator[Probleme]:
        if not isinstance(valeur, list):
            yield Probleme(chemin, f"{nom(chemin)} doit être une liste.")
            return
        if len(valeur) > maximum:
            yield Probleme(chemin, f"{nom(chemin)} compte {len(valeur)} lignes : {maximum} au plus.")
            return
        if len(valeur) < minimum:
            yield Probleme(chemin, f"{nom(chemin)} doit compter au moins {minimum} élément.")
        for rang, element in enumerate(valeur):
            yield from forme(element, (*chemin, rang))

    return verifier


def objet(champs: Mapping[str, Forme], *, en_plus: Mapping[str, Forme] | None = None) -> Forme:
    """Every field of `champs` is required, those of `en_plus` may be absent, any other is refused."""
    connus = {**champs, **(en_plus or {})}

    def verifier(valeur: Any, chemin: Chemin) -> Iterator[Probleme]:
        if not isinstance(valeur, dict):
            yield Probleme(chemin, f"{nom(chemin)} doit contenir des champs « nom : valeur ».")
            return
        for champ in champs:
            if champ not in valeur:
                yield Probleme(chemin, f"le champ « {champ} » manque.")
        for champ, contenu in valeur.items():
            if champ in connus:
                yield from connus[champ](contenu, (*chemin, champ))
            else:
                yield Probleme((*chemin, champ), f"le champ « {champ} » n’est pas connu ici.")

    return verifier


def nom(chemin: Chemin) -> str:
    """How a sentence names the end of a path: « essentiel » no 2."""
    champ = next((etape for etape in reversed(chemin) if isinstance(etape, str)), "ce fichier")
    rang = f" n° {chemin[-1] + 1}" if chemin and isinstance(chemin[-1], int) else ""
    return f"« {champ} »{rang}"
