"""Releves made ready for the page and for the PDF: each table with its chart, drawn from what may be shown only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from bilans.graphiques import Serie, barres, barres_horizontales, courbes, nombre
from bilans.indicateurs import CHAPITRES, PAR_CODE, Chiffre, Indicateur, Releve, Tableau
from bilans.indicateurs.releve import TOTAL, Case

VUE = ("I01", "I25", "I16", "I23")
CLES = (("I01", 0), ("I04", 0), ("I23", 0), ("I25", 0), ("I30", 1))
EN_VUE = frozenset({*VUE, *(code for code, _ in CLES)})


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart and its table. The title of the first figure of an indicator is the conclusion to draw."""

    code: str
    titre: str
    sous_titre: str
    svg: SafeString | None
    legende: tuple[tuple[int, str], ...]
    colonnes: tuple[str, ...]
    lignes: tuple[tuple[str, tuple[str, ...]], ...]
    cachees: bool
    vide: bool
    unite: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One indicator on the page: its definition, its key figures, its figures."""

    indicateur: Indicateur
    chiffres: Sequence[Chiffre]
    figures: Sequence[Figure]
    conclusion: str


def sections(releves: Iterable[Releve]) -> list[Section]:
    return [
        Section(PAR_CODE[releve.code], releve.chiffres, figures(releve), releve.conclusion)
        for releve in releves
        if releve.code in PAR_CODE
    ]


def chapitres(releves: Sequence[Releve]) -> list[tuple[str, str, list[Section]]]:
    """Code, title and sections of each chapter."""
    toutes = sections(releves)
    return [
        (code, titre, [section for section in toutes if section.indicateur.chapitre == code])
        for code, titre in CHAPITRES
    ]


def vue_d_ensemble(releves: Sequence[Releve]) -> tuple[list[Chiffre], list[Figure]]:
    """The five key figures and the four charts that open the review."""
    par_code = {releve.code: releve for releve in releves}
    cles = [
        par_code[code].chiffres[rang] for code, rang in CLES if code in par_code and len(par_code[code].chiffres) > rang
    ]
    dessinees = [
        next((figure for figure in figures(par_code[code]) if figure.svg), None) for code in VUE if code in par_code
    ]
    return cles, [figure for figure in dessinees if figure]


def figures(releve: Releve) -> list[Figure]:
    return [
        figure(releve.code, tableau, releve.conclusion if rang == 0 else tableau.titre)
        for rang, tableau in enumerate(releve.tableaux)
    ]


def figure(code: str, tableau: Tableau, titre: str) -> Figure:
    lignes = tuple((str(ligne[0]), tuple(_mot(case) for case in ligne[1:])) for ligne in tableau.lignes)
    cases = [case for ligne in tableau.lignes if ligne[0] != TOTAL for case in ligne[1:]]
    cachees = bool(tableau.dessin) and any(isinstance(case, str) for case in cases)
    return Figure(
        code,
        titre,
        "" if titre == tableau.titre else tableau.titre,
        dessiner(tableau),
        _legende(tableau),
        tableau.colonnes,
        lignes,
        cachees,
        cachees and all(isinstance(case, str) for case in cases),
        tableau.unite,
    )


def dessiner(tableau: Tableau) -> SafeString | None:
    """The chart of a table, or None when it has none or nothing to draw."""
    lignes = [ligne for ligne in tableau.lignes if ligne[0] != TOTAL]
    if not tableau.dessin or not any(isinstance(case, int | float) for ligne in lignes for case in ligne[1:]):
        return None
    libelles = [str(ligne[0]) for ligne in lignes]
    if tableau.dessin == "horizontales":
        rangs = [(mot, _valeur(ligne[1]), _mot(ligne[1])) for mot, ligne in zip(libelles, lignes, strict=True)]
        return barres_horizontales(rangs, titre=_phrase(tableau), teinte=tableau.teinte)
    series = [
        Serie(titre, [_valeur(ligne[rang + 1]) for ligne in lignes], rang + 1)
        for rang, titre in enumerate(titre for titre in tableau.colonnes[1:] if titre != TOTAL)
    ]
    if tableau.dessin == "courbes":
        cible = (tableau.cible, tableau.cible_libelle) if tableau.cible is not None else None
        return courbes(libelles, series, titre=_phrase(tableau), cible=cible)
    return barres(libelles, series, titre=_phrase(tableau), totaux=[_valeur(ligne[-1]) for ligne in lignes])


def _legende(tableau: Tableau) -> tuple[tuple[int, str], ...]:
    if tableau.dessin not in {"barres", "courbes"}:
        return ()
    titres = [titre for titre in tableau.colonnes[1:] if titre != TOTAL]
    return tuple((rang + 1, titre) for rang, titre in enumerate(titres))


def _phrase(tableau: Tableau) -> str:
    """What a screen reader says of the chart: its title and its first and last values."""
    lignes = [ligne for ligne in tableau.lignes if ligne[0] != TOTAL]
    bouts = [lignes[0], lignes[-1]] if len(lignes) > 1 else lignes
    valeurs = ", ".join(f"{ligne[0]}\u00a0: {_mot(ligne[-1])}" for ligne in bouts)
    return f"{tableau.titre}. {valeurs}. Toutes les valeurs sont dans le tableau."


def _valeur(case: Case) -> float | None:
    return None if isinstance(case, str) else float(case)


def _mot(case: Case) -> str:
    return case if isinstance(case, str) else nombre(case)
