"""The proof of a masked copy: all that a PDF says is read again, and each place where a hidden word remains is named.

Hidden layers, text outside the page and invisible text count. What is only an image is not read: it is checked black.
"""

import html
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from PIL import Image

from documents import poppler
from documents.mots import Jeton, jetons, occurrences

LOIN = 14_000
POINTS, NOIR = 72, 40
BALISE = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Zone:
    """A rectangle of a page, in fractions of its width and height from the top left."""

    page: int
    gauche: float
    haut: float
    droite: float
    bas: float


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a hidden word remains; never the word."""

    ou: str
    page: int = 0

    def __str__(self) -> str:
        return f"page\u00a0{self.page}, dans {self.ou}" if self.page else f"dans {self.ou}"


def mettre_a_nu(octets: bytes) -> bytes:
    """A copy for reading only, where nothing is out of the page or on a hidden layer."""
    with pikepdf.open(io.BytesIO(octets)) as pdf:
        if "/OCProperties" in pdf.Root:
            del pdf.Root["/OCProperties"]
        for page in pdf.pages:
            for boite in ("/CropBox", "/BleedBox", "/TrimBox", "/ArtBox"):
                if boite in page:
                    del page[boite]
            page.obj.MediaBox = pikepdf.Array([-LOIN, -LOIN, LOIN, LOIN])
        sortie = io.BytesIO()
        pdf.save(sortie)
        return sortie.getvalue()


def relire(octets: bytes, mots: Sequence[str], *, nom: str = "") -> list[Trace]:
    """Each place where one of these words remains; raises PdfIllisible when the copy cannot be read again."""
    try:
        traces = {trace for suite, trace in _lieux(octets) if _porte(suite, mots)}
        nu = mettre_a_nu(octets)
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError) as erreur:
        raise poppler.PdfIllisible(poppler.ILLISIBLE) from erreur
    for page in poppler.texte_brut(nu):
        if _porte(page, mots):
            traces.add(Trace("le texte", page[0].page))
    for rang in pages_touchees(poppler.mots_places(octets), mots):
        traces.add(Trace("le texte", rang))
    traces.update(relire_nom(nom, mots))
    with pikepdf.open(io.BytesIO(octets)) as pdf:
        if any(isinstance(objet, pikepdf.Dictionary) and "/EF" in objet for objet in pdf.objects):
            traces.add(Trace("une pièce jointe au PDF"))
    return sorted(traces, key=lambda trace: (trace.page, trace.ou))


def relire_nom(nom: str, mots: Sequence[str]) -> list[Trace]:
    """The title leaves too, that of a file without text included."""
    return [Trace("le nom du fichier")] if _porte(jetons(nom), mots) else []


def se_lit(octets: bytes, mot: str) -> bool | None:
    """Whether a word is read in the visible text; None when the copy has no text to read."""
    suite = poppler.mots_places(octets)
    return bool(pages_touchees(suite, [mot])) if suite else None


def pages_touchees(suite: Sequence[Jeton], mots: Sequence[str]) -> set[int]:
    return {suite[rang].page for mot in mots for ligne in occurrences(suite, mot) for rang in ligne}


def _porte(suite: Sequence[Jeton], mots: Sequence[str]) -> bool:
    return any(occurrences(suite, mot) for mot in mots)


def _lieux(octets: bytes) -> Iterator[tuple[list[Jeton], Trace]]:
    """Every string that is not page text, with where it stands."""
    with pikepdf.open(io.BytesIO(octets)) as pdf:
        vus: set[tuple[int, int]] = set()
        for rang, page in enumerate(pdf.pages, start=1):
            yield from _textes(page.obj, Trace("la page", rang), vus)
            yield from _remplacements(page, rang)
        yield from _textes(pdf.trailer.get("/Info"), Trace("les métadonnées"), vus)
        yield from _textes(pdf.Root, Trace("la structure du PDF"), vus)
        for objet in pdf.objects:
            yield from _textes(objet, Trace("la structure du PDF"), vus)


def _textes(depart: Any, trace: Trace, vus: set[tuple[int, int]]) -> Iterator[tuple[list[Jeton], Trace]]:
    pile: list[tuple[Any, Trace]] = [(depart, trace)]
    while pile:
        objet, ou = pile.pop()
        if isinstance(objet, pikepdf.Object) and objet.is_indirect:
            if objet.objgen in vus:
                continue
            vus.add(objet.objgen)
        if isinstance(objet, pikepdf.String):
            yield jetons(str(objet), ou.page), ou
        elif isinstance(objet, pikepdf.Array):
            pile += [(enfant, ou) for enfant in objet]
        elif isinstance(objet, pikepdf.Dictionary | pikepdf.Stream):
            ou = _precise(objet, ou)
            if isinstance(objet, pikepdf.Stream) and str(objet.get("/Type", "")) == "/Metadata":
                yield _xmp(objet), Trace("les métadonnées XMP", ou.page)
            for cle, enfant in objet.items():
                if cle not in {"/Parent", "/P", "/Contents"} or isinstance(enfant, pikepdf.String):
                    pile.append((enfant, ou))
                yield jetons(cle, ou.page), ou


def _precise(objet: Any, ou: Trace) -> Trace:
    genre = str(objet.get("/Subtype", ""))
    if genre == "/Widget" or "/FT" in objet:
        return Trace("un champ de formulaire", ou.page)
    if "/Rect" in objet and genre:
        return Trace("une annotation", ou.page)
    return ou


def _xmp(flux: pikepdf.Stream) -> list[Jeton]:
    """Attributes and text, entities resolved, and the text once more without its tags."""
    octets = flux.read_bytes()
    code = "utf-16" if octets[:2] in {b"\xfe\xff", b"\xff\xfe"} else "utf-8"
    texte = html.unescape(octets.decode(code, "replace"))
    return jetons(texte) + jetons(BALISE.sub("", texte))


def _remplacements(page: pikepdf.Page, rang: int) -> Iterator[tuple[list[Jeton], Trace]]:
    """`/ActualText` and the like, written in the drawing itself: read aloud, copied, never seen."""
    imbriquees: Any = page.form_xobjects
    for forme in (page.obj, *(forme for _, forme in imbriquees.items())):
        try:
            instructions: Any = pikepdf.parse_content_stream(forme, "BDC DP")
        except pikepdf.PdfError:
            continue
        for operandes, _ in instructions:
            for operande in operandes:
                yield from _textes(operande, Trace("un texte de remplacement", rang), set())


def zones_claires(octets: bytes, zones: Sequence[Zone]) -> list[Trace]:
    """The areas that are not plain black in the copy."""
    traces, pages = [], {}
    for zone in zones:
        if zone.page not in pages:
            pages[zone.page] = Image.open(io.BytesIO(poppler.dessiner(octets, zone.page, POINTS))).convert("L")
        image = pages[zone.page]
        large, haut = image.size
        cadre = (
            int(zone.gauche * large) + 1,
            int(zone.haut * haut) + 1,
            max(int(zone.droite * large) - 1, int(zone.gauche * large) + 2),
            max(int(zone.bas * haut) - 1, int(zone.haut * haut) + 2),
        )
        extremes: Any = image.crop(cadre).getextrema()
        if extremes[1] > NOIR:
            traces.append(Trace("une zone à masquer", zone.page))
    return traces
