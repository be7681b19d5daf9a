"""Charts as inline SVG. Presentation attributes for WeasyPrint (which applies no page CSS to inline SVG),
the same elements classed for the page's light and dark themes, and never a `style` attribute.

A value of None is a figure that may not be shown: it is drawn as a dashed outline, never at its height.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

NBSP = "\u00a0"
LARGEUR, HAUTEUR = 560, 238
GAUCHE, HAUT, BAS = 34, 30, 210
POLICE = "Atkinson Next"
ENCRE, ENCRE_2, GRILLE, ALERTE = "#1b232d", "#444d5a", "#e4dfd2", "#a1242b"
TEINTES = ("#0f4f54", "#bd7213", "#6b8fa2", "#63325c")
CACHE = 9
COLONNE, BARRE, RANG = 196, 270, 36
LETTRES = 26


@dataclass(frozen=True, slots=True)
class Serie:
    """One line or one layer of bars; three at most on a chart (design §6)."""

    libelle: str
    valeurs: Sequence[float | None]
    teinte: int = 1

    @property
    def couleur(self) -> str:
        return TEINTES[self.teinte - 1]


def nombre(valeur: float) -> str:
    """« 1 182 », « 9,2 »."""
    if valeur == int(valeur):
        return f"{int(valeur):,}".replace(",", NBSP)
    return f"{valeur:.1f}".replace(".", ",")


def barres(
    categories: Sequence[str], series: Sequence[Serie], *, titre: str, totaux: Sequence[float | None]
) -> SafeString:
    """Vertical bars; several series are stacked in their order. `totaux` are written above the bars."""
    sommes = [sum(serie.valeurs[rang] or 0 for serie in series) for rang in range(len(categories))]
    echelle = _Echelle(max([*sommes, *(total or 0 for total in totaux), 1]))
    pas = (LARGEUR - GAUCHE) / max(len(categories), 1)
    largeur = min(pas * 0.65, 60)
    formes: list[SafeString] = []
    for rang, categorie in enumerate(categories):
        centre, pied = GAUCHE + pas * (rang + 0.5), float(BAS)
        for serie in series:
            formes.append(_couche(centre - largeur / 2, pied, largeur, serie, rang, echelle))
            valeur = serie.valeurs[rang]
            pied -= CACHE if valeur is None else valeur * echelle.unite
        if (total := totaux[rang]) is not None:
            formes.append(_texte(centre, pied - 6, nombre(total), gras=True))
        formes.append(_texte(centre, BAS + 18, categorie))
    return _cadre(titre, echelle.axes(), formes)


def courbes(
    categories: Sequence[str], series: Sequence[Serie], *, titre: str, cible: tuple[float, str] | None = None
) -> SafeString:
    """Lines over time; a hidden value breaks the line. `cible` is a dashed target and its label."""
    connues = [valeur for serie in series for valeur in serie.valeurs if valeur is not None]
    echelle = _Echelle(max([*connues, cible[0] * 1.15 if cible else 0, 1]))
    pas = (LARGEUR - GAUCHE) / max(len(categories), 1)
    formes = [_texte(GAUCHE + pas * (rang + 0.5), BAS + 18, mot) for rang, mot in enumerate(categories)]
    if cible:
        formes.append(_cible(echelle.y(cible[0]), cible[1]))
    for serie in series:
        points = [
            None if valeur is None else (GAUCHE + pas * (rang + 0.5), echelle.y(valeur), valeur)
            for rang, valeur in enumerate(serie.valeurs)
        ]
        formes.extend(_ligne(serie, points))
    return _cadre(titre, echelle.axes(), formes)


def barres_horizontales(lignes: Sequence[tuple[str, float | None, str]], *, titre: str, teinte: int = 3) -> SafeString:
    """One bar a line: label, value, and the words at its end (« 58 % », « moins de 5 »)."""
    maximum = max([valeur or 0 for _, valeur, _ in lignes] or [1]) or 1
    serie = Serie("", [valeur for _, valeur, _ in lignes], teinte)
    formes: list[SafeString] = []
    etiquettes = [list(_rubans(libelle)) for libelle, _, _ in lignes]
    pas = RANG + 12 * max([len(rubans) - 2 for rubans in etiquettes if len(rubans) > 2] or [0])
    for rang, (rubans, (_, valeur, mot)) in enumerate(zip(etiquettes, lignes, strict=True)):
        haut = rang * pas + (pas - 20) / 2
        longueur = CACHE if valeur is None else max(BARRE * valeur / maximum, 2)
        depart = haut + 14 - 7 * (len(rubans) - 1)
        formes += [_texte(0, depart + 14 * i, ruban, ancre="start", encre=ENCRE) for i, ruban in enumerate(rubans)]
        formes.append(_rectangle(COLONNE, haut, longueur, 20, serie, cache=valeur is None))
        formes.append(_texte(COLONNE + longueur + 8, haut + 14, mot, gras=True, ancre="start"))
    return _cadre(titre, [], formes, hauteur=len(lignes) * pas + 4)


class _Echelle:
    """A vertical scale from zero with at most six round graduations."""

    def __init__(self, maximum: float) -> None:
        ordre = 10 ** math.floor(math.log10(maximum / 5)) if maximum > 5 else 1
        self.pas = next(ordre * k for k in (1, 2, 5, 10) if ordre * k * 5 >= maximum)
        self.haut = self.pas * max(math.ceil(maximum / self.pas), 1)
        self.unite = (BAS - HAUT) / self.haut

    def y(self, valeur: float) -> float:
        return BAS - valeur * self.unite

    def axes(self) -> Iterator[SafeString]:
        for rang in range(round(self.haut / self.pas) + 1):
            y = self.y(rang * self.pas)
            yield format_html(
                '<line class="axis" x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="1"/>{}',
                GAUCHE,
                _n(y),
                LARGEUR,
                _n(y),
                GRILLE,
                _texte(GAUCHE - 8, y + 4, nombre(rang * self.pas), ancre="end"),
            )


def _couche(x: float, pied: float, largeur: float, serie: Serie, rang: int, echelle: _Echelle) -> SafeString:
    valeur = serie.valeurs[rang]
    hauteur = CACHE if valeur is None else valeur * echelle.unite
    return _rectangle(x, pied - hauteur, largeur, max(hauteur - 1.5, 0), serie, cache=valeur is None)


def _ligne(serie: Serie, points: Sequence[tuple[float, float, float] | None]) -> Iterator[SafeString]:
    troncon: list[str] = []
    troncons = [troncon]
    for point in points:
        if point is None:
            troncon = []
            troncons.append(troncon)
        else:
            troncon.append(f"{_n(point[0])},{_n(point[1])}")
    for morceau in troncons:
        if len(morceau) > 1:
            yield format_html(
                '<polyline class="l{}" points="{}" fill="none" stroke="{}" stroke-width="2.5"/>',
                serie.teinte,
                " ".join(morceau),
                serie.couleur,
            )
    visibles = [point for point in points if point]
    marques = {id(point) for point in (visibles[:1] + visibles[-1:])}
    for point in visibles:
        yield format_html(
            '<circle class="f{}" cx="{}" cy="{}" r="4" fill="{}"/>',
            serie.teinte,
            _n(point[0]),
            _n(point[1]),
            serie.couleur,
        )
        if id(point) in marques:
            yield _texte(point[0], point[1] - 11, nombre(point[2]), gras=True)


def _cible(y: float, libelle: str) -> SafeString:
    return format_html(
        '<line class="target" x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="1.5"'
        ' stroke-dasharray="5 4"/>{}',
        GAUCHE,
        _n(y),
        LARGEUR,
        _n(y),
        ALERTE,
        _texte(LARGEUR, y - 6, libelle, gras=True, ancre="end"),
    )


def _rectangle(x: float, y: float, largeur: float, hauteur: float, serie: Serie, *, cache: bool) -> SafeString:
    if cache:
        return format_html(
            '<rect class="cache" x="{}" y="{}" width="{}" height="{}" fill="none" stroke="{}" stroke-dasharray="3 2"/>',
            _n(x),
            _n(y),
            _n(largeur),
            _n(hauteur),
            ENCRE_2,
        )
    return format_html(
        '<rect class="f{}" x="{}" y="{}" width="{}" height="{}" fill="{}"/>',
        serie.teinte,
        _n(x),
        _n(y),
        _n(largeur),
        _n(hauteur),
        serie.couleur,
    )


def _texte(
    x: float, y: float, texte: str, *, gras: bool = False, ancre: str = "middle", encre: str = ENCRE_2
) -> SafeString:
    return format_html(
        '<text{} x="{}" y="{}" text-anchor="{}" font-family="{}" font-size="12"{} fill="{}">{}</text>',
        SafeString(' class="lbl"') if gras else "",
        _n(x),
        _n(y),
        ancre,
        POLICE,
        SafeString(' font-weight="600"') if gras else "",
        ENCRE if gras else encre,
        texte,
    )


def _cadre(titre: str, axes: object, formes: Sequence[SafeString], hauteur: int = HAUTEUR) -> SafeString:
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img"><title>{}</title>{}{}</svg>',
        LARGEUR,
        hauteur,
        titre,
        format_html_join("", "{}", ((axe,) for axe in axes)),  # type: ignore[attr-defined]
        format_html_join("", "{}", ((forme,) for forme in formes)),
    )


def _rubans(libelle: str) -> Iterator[str]:
    """A label cut in lines of the column's width."""
    ligne = ""
    for mot in libelle.split():
        if ligne and len(ligne) + len(mot) >= LETTRES:
            yield ligne
            ligne = mot
        else:
            ligne = f"{ligne} {mot}".strip()
    yield ligne


def _n(valeur: float) -> str:
    return f"{valeur:.1f}"
