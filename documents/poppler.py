"""A PDF read and drawn by poppler, in a process of its own with hard limits; bytes pass by pipes, never by a disk."""

import shutil
import subprocess
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import ParseError, fromstring

from documents.mots import Jeton, jetons, runs

MEMOIRE, PROCESSEUR, DELAI = 1_500_000_000, 60, 90
ABSENT = "L’occultation n’est pas installée sur ce serveur. Joignez une copie masquée, ou écartez la pièce."
ILLISIBLE = "Ce PDF ne peut pas être relu. Exportez-le à nouveau, ou imprimez-le en PDF."
_HTML = "{http://www.w3.org/1999/xhtml}"


class PdfIllisible(Exception):
    """The message is the sentence to show."""


def present() -> bool:
    return all(shutil.which(nom) for nom in ("pdftotext", "pdftoppm"))


def _executer(octets: bytes, programme: str, *options: str) -> bytes:
    chemin = shutil.which(programme)
    if chemin is None:
        raise PdfIllisible(ABSENT)
    limites = shutil.which("prlimit")
    cadre = [limites, f"--as={MEMOIRE}", f"--cpu={PROCESSEUR}", "--core=0"] if limites else []
    try:
        fini = subprocess.run(  # noqa: S603  a program found on the path, options of ours, the file by its input
            [*cadre, chemin, *options], input=octets, capture_output=True, timeout=DELAI, check=True
        )
    except (subprocess.SubprocessError, OSError) as erreur:
        raise PdfIllisible(ILLISIBLE) from erreur
    return fini.stdout


def texte_brut(octets: bytes) -> list[list[Jeton]]:
    """The words of each page in the order they were written."""
    pages = _executer(octets, "pdftotext", "-raw", "-enc", "UTF-8", "-", "-").decode("utf-8", "replace").split("\f")
    return [jetons(page, rang) for rang, page in enumerate(pages[:-1] or pages, start=1)]


def mots_places(octets: bytes) -> list[Jeton]:
    """The words of the document in reading order, each with its box."""
    sortie = _executer(octets, "pdftotext", "-bbox-layout", "-cropbox", "-enc", "UTF-8", "-", "-")
    propre = "".join(signe for signe in sortie.decode("utf-8", "replace") if signe >= " " or signe in "\n\t")
    try:
        racine = fromstring(propre)
    except ParseError as erreur:
        raise PdfIllisible(ILLISIBLE) from erreur
    trouves = []
    for rang, page in enumerate(racine.iter(f"{_HTML}page"), start=1):
        for mot in page.iter(f"{_HTML}word"):
            boite = _boite(mot, page)
            trouves += [Jeton(run, rang, boite) for run in runs(mot.text or "")]
    return trouves


def _boite(mot: Element, page: Element) -> tuple[float, float, float, float]:
    large, haut = float(page.get("width", 1)) or 1, float(page.get("height", 1)) or 1
    return (
        float(mot.get("xMin", 0)) / large,
        float(mot.get("yMin", 0)) / haut,
        float(mot.get("xMax", 0)) / large,
        float(mot.get("yMax", 0)) / haut,
    )


def dessiner(octets: bytes, page: int, points: int) -> bytes:
    """One page as a PNG, as it is displayed."""
    rang = str(page)
    return _executer(octets, "pdftoppm", "-cropbox", "-png", "-r", str(points), "-f", rang, "-l", rang, "-")
