"""Sizes and names: a reader holds one file, one function, one template in the head."""

import ast
from pathlib import Path

import pytest

from tests.architecture.depot import RACINE, arbre, est_vue, gabarits, modules, nom

FICHIER, FICHIER_MAXIMUM, FONCTION, VUE, GABARIT = 300, 400, 40, 30, 150
TIROIRS = {"utils", "helpers", "mixins", "services", "managers", "signals", "constants", "misc", "common", "tools"}
# Above 300 lines, with the reason; nothing is ever above 400.
LONGS: dict[str, str] = {}
GABARITS_LONGS = {"templates/composants/galerie.html": "the gallery shows every component once, in debug only"}


def lignes(fichier: Path) -> int:
    return len(fichier.read_text(encoding="utf-8").splitlines())


def code() -> list[Path]:
    autres = [fichier for dossier in ("lanceur", "bench") for fichier in (RACINE / dossier).rglob("*.py")]
    return [*modules(), *autres]


def essais() -> list[Path]:
    return list((RACINE / "tests").rglob("*.py"))


def fonctions(fichier: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [noeud for noeud in ast.walk(arbre(fichier)) if isinstance(noeud, ast.FunctionDef | ast.AsyncFunctionDef)]


def taille(fonction: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (fonction.end_lineno or fonction.lineno) - fonction.lineno + 1


def test_aucun_fichier_ne_depasse_trois_cents_lignes() -> None:
    longs = {nom(fichier): lignes(fichier) for fichier in code() if lignes(fichier) > FICHIER}
    assert {fichier: n for fichier, n in longs.items() if fichier not in LONGS} == {}
    assert {fichier: n for fichier, n in longs.items() if n > FICHIER_MAXIMUM} == {}
    assert set(LONGS) <= set(longs), "une exception ne sert plus"


def test_aucun_essai_ne_depasse_quatre_cents_lignes() -> None:
    assert {nom(fichier): lignes(fichier) for fichier in essais() if lignes(fichier) > FICHIER_MAXIMUM} == {}


def test_aucune_fonction_ne_depasse_quarante_lignes() -> None:
    longues = [
        f"{nom(fichier)}:{f.name} {taille(f)}" for fichier in code() for f in fonctions(fichier) if taille(f) > FONCTION
    ]
    assert longues == []


def test_aucune_vue_ne_depasse_trente_lignes() -> None:
    longues = [
        f"{nom(fichier)}:{f.name} {taille(f)}"
        for fichier in filter(est_vue, modules())
        for f in fonctions(fichier)
        if any(argument.arg == "request" for argument in f.args.args) and taille(f) > VUE
    ]
    assert longues == []


def test_aucun_gabarit_ne_depasse_cent_cinquante_lignes() -> None:
    longs = {nom(gabarit): lignes(gabarit) for gabarit in gabarits() if lignes(gabarit) > GABARIT}
    assert {gabarit: n for gabarit, n in longs.items() if gabarit not in GABARITS_LONGS} == {}


def test_aucun_fichier_n_est_un_tiroir() -> None:
    assert [nom(fichier) for fichier in modules() if {fichier.stem, fichier.parent.name} & TIROIRS] == []


def test_une_classe_de_vue_a_deux_bases_au_plus() -> None:
    fautes = [
        f"{nom(fichier)}:{noeud.name}"
        for fichier in filter(est_vue, modules())
        for noeud in ast.walk(arbre(fichier))
        if isinstance(noeud, ast.ClassDef) and len(noeud.bases) > 2
    ]
    assert fautes == []


@pytest.mark.parametrize("mot", ["TODO", "FIXME", "XXX", "HACK"])
def test_rien_n_est_remis_a_plus_tard(mot: str) -> None:
    fautes = [
        nom(fichier)
        for fichier in (*modules(migrations=True), *gabarits())
        if f"# {mot}" in fichier.read_text(encoding="utf-8") or f"{{# {mot}" in fichier.read_text(encoding="utf-8")
    ]
    assert fautes == []
