"""Templates: one house, no inline script or style, nothing from outside, nothing unescaped."""

import re
from pathlib import Path

import pytest

from accueil.navigation import NAVIGATION
from tests.architecture.depot import RACINE, gabarits, modules, nom

SANS_ECHAPPEMENT: dict[str, str] = {
    "templates/pdf/timbre.html": "the QR code, drawn by segno from our own address",
    "templates/composants/galerie.html": "invented data, in debug only",
}
FRAGMENTS = ("composants", "layout", "django", "pdf", "courriels")
NOTRE = {"templates/layout/base.html"}
DEHORS = re.compile(r"""(?:src|href|action|data|poster|srcset)\s*=\s*["'](?:https?:)?//""", re.I)
EVENEMENT = re.compile(r"<[^>]*\son[a-z]+\s*=", re.I)


def texte(gabarit: Path) -> str:
    """Without comments."""
    brut = gabarit.read_text(encoding="utf-8")
    return re.sub(r"{#.*?#}|{% comment.*?endcomment %}|<!--.*?-->", "", brut, flags=re.S)


def fautifs(motif: re.Pattern[str] | str, *, sauf: tuple[str, ...] = ()) -> list[str]:
    return [
        nom(gabarit)
        for gabarit in gabarits()
        if re.search(motif, texte(gabarit)) and not nom(gabarit).startswith(sauf or ("\0",))
    ]


def test_aucun_style_en_ligne() -> None:
    assert fautifs(re.compile(r"<style|<[^>]*\sstyle\s*=", re.I), sauf=("templates/pdf/",)) == []


def test_aucun_script_en_ligne() -> None:
    assert fautifs(re.compile(r"<script(?![^>]*\ssrc=)", re.I)) == []
    assert fautifs(EVENEMENT) == []
    assert fautifs(re.compile(r"javascript:", re.I)) == []


def test_rien_ne_vient_d_ailleurs() -> None:
    assert fautifs(DEHORS) == []
    feuilles = [*(RACINE / "static/css").glob("*.css"), *(RACINE / "static/js").glob("*.js")]
    assert [
        nom(f)
        for f in feuilles
        if re.search(r"@import|url\(\s*['\"]?(https?:)?//|fetch\(\s*['\"]https?:", f.read_text())
    ] == []


@pytest.mark.parametrize("motif", [r"\|\s*safe\b", r"{%\s*autoescape\s+off", r"\|\s*safeseq\b"])
def test_rien_n_echappe_a_l_echappement(motif: str) -> None:
    assert set(fautifs(motif)) <= set(SANS_ECHAPPEMENT)


def test_chaque_page_etend_la_maison() -> None:
    """A page extends another template, up to a layout; what does not is a fragment that some template includes."""
    inclus = {cible for gabarit in gabarits() for cible in re.findall(r"{%\s*include\s+[\"']([^\"']+)", texte(gabarit))}
    fautes = [
        nom(gabarit)
        for gabarit in gabarits()
        if not re.match(r"\s*{%\s*extends\s", gabarit.read_text(encoding="utf-8"))
        and (chemin := gabarit.relative_to(RACINE / "templates")).parts[0] not in FRAGMENTS
        and chemin.as_posix() not in inclus
    ]
    assert fautes == []


def test_une_page_n_ouvre_ni_html_ni_body() -> None:
    """Only the layouts hold a document; a fragment that opened one would nest two."""
    assert fautifs(re.compile(r"<html|<head\b", re.I), sauf=(*NOTRE, "templates/pdf/")) == []


def test_chaque_formulaire_en_post_porte_son_jeton() -> None:
    fautes = []
    for gabarit in gabarits():
        if gabarit.name == "galerie.html":
            continue
        for formulaire in re.findall(r"<form\b[^>]*method=[\"']post[\"'].*?</form>", texte(gabarit), flags=re.S | re.I):
            if "csrf_token" not in formulaire:
                fautes.append(nom(gabarit))
    assert fautes == []


def test_chaque_icone_nommee_existe() -> None:
    """An unknown name draws nothing: the button would be mute on a telephone."""
    dessinees = set(re.findall(r'id="i-([a-z-]+)"', (RACINE / "static/img/icons.svg").read_text(encoding="utf-8")))
    dites = {
        (icone, nom(fichier))
        for fichier in (*gabarits(), *modules())
        for icone in re.findall(r"""\bicone(?:\s|=|": |: )["']([a-z-]+)["']""", fichier.read_text(encoding="utf-8"))
    }
    dites |= {(entree.icone, "accueil/navigation.py") for lot in NAVIGATION.values() for entree in lot}
    assert len(dites) > 50
    assert sorted((icone, ou) for icone, ou in dites if icone not in dessinees) == []
