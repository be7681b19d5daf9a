"""The repository as the tests of its shape read it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db.models import Model

RACINE = Path(__file__).resolve().parents[2]
APPS = (
    "accounts",
    "accueil",
    "bilans",
    "config",
    "convention",
    "documents",
    "dossiers",
    "fiches",
    "journal",
    "notifications",
    "presentation",
    "prises_en_charge",
    "requisitions",
    "signalements",
    "transitions",
)


@cache
def modules(*, migrations: bool = False) -> tuple[Path, ...]:
    """Every Python file of the product."""
    fichiers = (fichier for app in APPS for fichier in sorted((RACINE / app).rglob("*.py")))
    return tuple(fichier for fichier in fichiers if migrations or "migrations" not in fichier.parts)


@cache
def arbre(fichier: Path) -> ast.Module:
    return ast.parse(fichier.read_text(encoding="utf-8"), str(fichier))


def nom(fichier: Path) -> str:
    return fichier.relative_to(RACINE).as_posix()


@cache
def gabarits() -> tuple[Path, ...]:
    return tuple(sorted((RACINE / "templates").rglob("*.html")))


def modeles() -> list[type[Model]]:
    """Our concrete models, without simple-history's copies."""
    return [
        modele
        for config in apps.get_app_configs()
        if config.name in APPS
        for modele in config.get_models()
        if not modele.__name__.startswith("Historical")
    ]


def appels(fichier: Path) -> Iterator[tuple[int, str]]:
    """Line and last name of every call."""
    for noeud in ast.walk(arbre(fichier)):
        if isinstance(noeud, ast.Call):
            fonction = noeud.func
            if isinstance(fonction, ast.Attribute):
                yield noeud.lineno, fonction.attr
            elif isinstance(fonction, ast.Name):
                yield noeud.lineno, fonction.id


def est_vue(fichier: Path) -> bool:
    return fichier.stem == "views" or fichier.parent.name == "views"
