"""The steps of a signalement, in the order and the words of its voie."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from signalements.contenu import Lu
from signalements.voies import Voie


@dataclass(frozen=True, slots=True)
class Page:
    """One step of the path."""

    code: str
    libelle: str
    chapeau: str = ""
    facultative: bool = False


PAGES = (
    Page("personne", "Personne concernée", "Ce qui permet de la protéger et de la joindre sans danger."),
    Page("faits", "Faits constatés", "Ce que vous voyez d’un côté, ce qu’elle dit de l’autre."),
    Page(
        "danger",
        "Danger et emprise",
        "Notez ce qu’elle dit et ce que vous voyez. Ces réponses vous aident à apprécier. "
        "Elles ne remplacent pas votre jugement.",
    ),
    Page("accord", "Accord et information", "La personne décide d’abord. Notez sa réponse, avec ses mots."),
    Page("abri", "Mise à l’abri", "Ce que vous avez fait pour sa sécurité.", facultative=True),
    Page("pieces", "Pièces jointes", "Le certificat et les photographies, s’il y en a.", facultative=True),
    Page("verifier", "Vérifier et transmettre"),
)
CODES = frozenset(page.code for page in PAGES)


def pages_de(voie: Voie) -> list[Page]:
    """The steps of a voie, in its words."""
    return [
        replace(page, libelle=voie.pages[page.code][0], chapeau=voie.pages[page.code][1])
        if page.code in voie.pages
        else page
        for page in PAGES
        if page.code not in voie.sans
    ]


def page_de(voie: Voie, code: str) -> Page | None:
    """One step of a voie, None when it does not have it."""
    return next((page for page in pages_de(voie) if page.code == code), None)


def etapes_manquantes(lu: Lu) -> list[str]:
    """The titles of the steps that must be validated before the sending."""
    return manquantes(lu.voie, lu.lettre.etapes)


def manquantes(voie: Voie, faites: Collection[str]) -> list[str]:
    """The same, of the steps alone."""
    return [
        page.libelle
        for page in pages_de(voie)
        if not page.facultative and page.code != "verifier" and page.code not in faites
    ]


def numero(voie: Voie, code: str) -> int:
    return [page.code for page in pages_de(voie)].index(code) + 1
