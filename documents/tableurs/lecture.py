"""Reading the spreadsheet of somebody else: size, inflation, rows and cells are bounded, a formula is its text."""

import csv as module_csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse
from openpyxl import load_workbook

from documents.marque import est_une_marque

MO = 1024 * 1024
TAILLE_MAXIMUM = 2 * MO
GONFLE_MAXIMUM = 40 * MO
LIGNES_MAXIMUM = 5000
COLONNES_MAXIMUM = 30
CELLULE_MAXIMUM = 1000

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXTE = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

ILLISIBLE = "Ce fichier ne se lit pas. Enregistrez-le de nouveau au format ODS, XLSX ou CSV, puis recommencez."
VIDE = "Ce fichier est vide. Partez du modèle à télécharger."
TROP_LOURD = "Ce fichier dépasse 2\u00a0Mo. Coupez-le en plusieurs fichiers."
TROP_DE_LIGNES = "Ce fichier a plus de 5\u00a0000 lignes. Coupez-le en plusieurs fichiers."
TROP_LARGE = "Ce fichier a plus de 30 colonnes. Gardez celles du modèle."


class TableurRefuse(Exception):
    """The French sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Feuille:
    """The first sheet: its titles, then each row that is not empty with the number it has in the file."""

    entetes: list[str]
    lignes: list[tuple[int, list[str]]]


def lire(octets: bytes) -> Feuille:
    """What the content is decides, never the name. Raises TableurRefuse."""
    if len(octets) > TAILLE_MAXIMUM:
        raise TableurRefuse(TROP_LOURD)
    if not octets.strip():
        raise TableurRefuse(VIDE)
    if octets[:2] == b"PK":
        rangees = _zippe(octets)
    elif b"\0" in octets[:4096]:
        raise TableurRefuse(ILLISIBLE)
    else:
        rangees = _csv(octets)
    return _feuille(rangees)


def _feuille(rangees: Iterable[list[str]]) -> Feuille:
    entetes: list[str] = []
    lignes: list[tuple[int, list[str]]] = []
    for numero, brutes in enumerate(rangees, start=1):
        cellules = [_propre(cellule, numero) for cellule in brutes]
        while cellules and not cellules[-1]:
            cellules.pop()
        if not cellules or est_une_marque(cellules[0]):
            continue
        if len(cellules) > COLONNES_MAXIMUM:
            raise TableurRefuse(TROP_LARGE)
        if not entetes:
            entetes = cellules
            continue
        if len(lignes) == LIGNES_MAXIMUM:
            raise TableurRefuse(TROP_DE_LIGNES)
        lignes.append((numero, cellules))
    if not entetes:
        raise TableurRefuse(VIDE)
    return Feuille(entetes, lignes)


def _propre(cellule: str, numero: int) -> str:
    if len(cellule) > CELLULE_MAXIMUM:
        raise TableurRefuse(f"Ligne {numero}\u00a0: une case dépasse 1\u00a0000 caractères. Raccourcissez-la.")
    # A no-break space stays, so that what was exported comes back the same.
    visible = "".join(c if c.isprintable() or c == "\u00a0" or not c.isspace() else " " for c in cellule)
    return " ".join(mot for mot in "".join(c for c in visible if c.isprintable() or c == "\u00a0").split(" ") if mot)


def _csv(octets: bytes) -> list[list[str]]:
    try:
        texte = octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        texte = octets.decode("cp1252", errors="replace")
    premiere = texte.lstrip().partition("\n")[0]
    separateur = max(";,\t", key=premiere.count)
    try:
        return list(module_csv.reader(io.StringIO(texte, newline=""), delimiter=separateur, strict=True))
    except module_csv.Error as erreur:
        raise TableurRefuse(ILLISIBLE) from erreur


def _zippe(octets: bytes) -> Iterable[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            noms = set(archive.namelist())
            if len(noms) > 500 or sum(info.file_size for info in archive.infolist()) > GONFLE_MAXIMUM:
                raise TableurRefuse(TROP_LOURD)
            if "content.xml" in noms:
                return list(_ods(archive))
            if "xl/workbook.xml" in noms:
                return list(_xlsx(octets))
    except TableurRefuse:
        raise
    except (zipfile.BadZipFile, DefusedXmlException, ParseError, KeyError, ValueError, OSError, RuntimeError) as erreur:
        raise TableurRefuse(ILLISIBLE) from erreur
    except Exception as erreur:  # openpyxl lets whatever a crafted file provokes come out
        raise TableurRefuse(ILLISIBLE) from erreur
    raise TableurRefuse(ILLISIBLE)


def _xlsx(octets: bytes) -> Iterator[list[str]]:
    """The first sheet, cell by cell: a formula gives its own text, its stored result is not trusted."""
    classeur = load_workbook(io.BytesIO(octets), read_only=True, data_only=False, keep_links=False)
    try:
        feuille: Any = classeur.worksheets[0]
        feuille.reset_dimensions()  # what the file says of its own size is not believed
        for numero, rangee in enumerate(feuille.iter_rows(max_col=COLONNES_MAXIMUM + 1, values_only=True)):
            if numero > 2 * LIGNES_MAXIMUM:
                raise TableurRefuse(TROP_DE_LIGNES)
            yield [_texte(valeur) for valeur in rangee]
    finally:
        classeur.close()


def _texte(valeur: object) -> str:
    if valeur is None:
        return ""
    if isinstance(valeur, datetime):
        return valeur.strftime("%Y-%m-%d" if valeur.time() == time() else "%Y-%m-%d %H:%M")
    if isinstance(valeur, date):
        return valeur.isoformat()
    if isinstance(valeur, float) and valeur.is_integer():
        return str(int(valeur))
    return str(valeur)


def _ods(archive: zipfile.ZipFile) -> Iterator[list[str]]:
    """The first sheet of content.xml; repeated rows and cells are unfolded within the limits only."""
    rendues = 0
    with archive.open("content.xml") as flux:
        for _, element in iterparse(flux, events=("end",), forbid_dtd=True):
            if element.tag == f"{_TABLE}table-row":
                cellules = _cellules_ods(element)
                fois = _fois(element, "number-rows-repeated") if any(cellules) else 1
                for _rang in range(min(fois, LIGNES_MAXIMUM + 2)):
                    rendues += 1
                    if rendues > 2 * LIGNES_MAXIMUM:
                        raise TableurRefuse(TROP_DE_LIGNES)
                    yield cellules
                element.clear()
            elif element.tag == f"{_TABLE}table":
                return


def _cellules_ods(rangee: Any) -> list[str]:
    cellules: list[str] = []
    for cellule in rangee:
        if cellule.tag not in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
            continue
        texte = _texte_ods(cellule)
        fois = _fois(cellule, "number-columns-repeated")
        cellules += [texte] * min(fois, COLONNES_MAXIMUM + 1)
        if len(cellules) > 10 * COLONNES_MAXIMUM:
            break
    return cellules


def _texte_ods(cellule: Any) -> str:
    formule = cellule.get(f"{_TABLE}formula")
    if formule:
        return str(formule).partition(":")[2] or str(formule)
    jour = cellule.get(f"{_OFFICE}date-value")
    if jour:
        return str(jour)[:16].replace("T", " ")
    return " ".join("".join(morceau.itertext()) for morceau in cellule if morceau.tag == f"{_TEXTE}p")


def _fois(element: Any, attribut: str) -> int:
    valeur = element.get(f"{_TABLE}{attribut}", "1")
    return int(valeur) if valeur.isdigit() and len(valeur) < 9 else 1
