"""Following a tree. An address carries the ranks of the answers (`2-1-3`), never their words."""

import re
from dataclasses import dataclass

from fiches.arbre.modele import Arbre, Conclusion, Question

ADRESSE = re.compile(r"[0-9]{1,2}(-[0-9]{1,2}){0,9}")


class ParcoursInconnu(Exception):
    """These answers do not exist in this tree."""


@dataclass(frozen=True, slots=True)
class Pas:
    """An answer given: `avant` is the address of the question, from which it may be changed."""

    question: Question
    rang: int
    avant: str

    @property
    def reponse(self) -> str:
        return self.question.reponses[self.rang - 1].texte


@dataclass(frozen=True, slots=True)
class Position:
    """Where the answers lead: the next question, or the conclusion."""

    adresse: str
    pas: tuple[Pas, ...]
    question: Question | None
    conclusion: Conclusion | None

    @property
    def suites(self) -> list[tuple[str, str]]:
        """Each possible answer with its address."""
        reponses = self.question.reponses if self.question else ()
        prefixe = f"{self.adresse}-" if self.adresse else ""
        return [(reponse.texte, f"{prefixe}{rang}") for rang, reponse in enumerate(reponses, start=1)]

    @property
    def rang(self) -> int:
        """The number of this question on the way taken."""
        return len(self.pas) + 1


def suivre(arbre: Arbre, adresse: str) -> Position:
    """Raises ParcoursInconnu when an answer is not one of the tree."""
    if adresse and not ADRESSE.fullmatch(adresse):
        raise ParcoursInconnu
    question: Question | None = arbre.questions[0]
    conclusion: Conclusion | None = None
    pas: list[Pas] = []
    rangs = [int(mot) for mot in adresse.split("-")] if adresse else []
    for place, rang in enumerate(rangs):
        if question is None or not 1 <= rang <= len(question.reponses):
            raise ParcoursInconnu
        pas.append(Pas(question, rang, "-".join(map(str, rangs[:place]))))
        vers = question.reponses[rang - 1].vers
        question, conclusion = arbre.question(vers), arbre.conclusion(vers)
    if question is None and conclusion is None:
        raise ParcoursInconnu
    return Position("-".join(map(str, rangs)), tuple(pas), question, conclusion)


def adresse_de(rangs: tuple[int, ...]) -> str:
    return "-".join(map(str, rangs))
