"""A copy of a PDF with passages hidden: each page touched becomes an image, black where it must be, nothing beneath.

Notes, forms, bookmarks, structure, attachments and metadata stay behind for every page.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from PIL import Image, ImageDraw

from documents import poppler
from documents.mots import Jeton, occurrences
from documents.poppler import PdfIllisible
from documents.relecture import Zone, mettre_a_nu, pages_touchees

POINTS = 170
MARGE = 0.002
VIDE = "Aucun de ces mots n’est dans le texte de ce PDF. Vérifiez leur orthographe, ou indiquez une zone."


@dataclass(frozen=True, slots=True)
class Copie:
    octets: bytes
    pages: tuple[int, ...]
    zones: tuple[Zone, ...]


def pages_sans_texte(octets: bytes) -> list[int]:
    """Pages that are only images: no word is found there, an area must be given."""
    return [rang for rang, page in enumerate(poppler.texte_brut(octets), start=1) if not page]


def occulter(octets: bytes, mots: Sequence[str], zones: Sequence[Zone] = ()) -> Copie:
    """Hide these words wherever they are and these areas; raises PdfIllisible with the sentence to show."""
    try:
        with pikepdf.open(io.BytesIO(octets)) as pdf:
            nombre = len(pdf.pages)
            dessinees = {rang for rang, page in enumerate(pdf.pages, start=1) if "/Annots" in page}
        nu = mettre_a_nu(octets)
    except (pikepdf.PdfError, ValueError, RuntimeError) as erreur:
        raise PdfIllisible(poppler.ILLISIBLE) from erreur
    for zone in zones:
        if zone.page > nombre:
            raise PdfIllisible(f"La page {zone.page} n’existe pas : ce PDF s’arrête à la page {nombre}.")
    suite = poppler.mots_places(octets)
    boites = _boites(suite, mots)
    brut = poppler.texte_brut(nu)
    caches = {rang for rang, page in enumerate(brut, start=1) if pages_touchees(page, mots)}
    _toutes_placees(octets, suite, mots)
    touchees = caches | {zone.page for zone in (*zones, *boites)}
    if not touchees:
        raise PdfIllisible(VIDE)
    toutes = (*zones, *boites)
    return Copie(_composer(octets, touchees | dessinees, toutes), tuple(sorted(touchees)), toutes)


def _boites(suite: Sequence[Jeton], mots: Sequence[str]) -> list[Zone]:
    boites = {suite[rang] for mot in mots for ligne in occurrences(suite, mot) for rang in ligne}
    return sorted(
        {
            Zone(j.page, max(0, j.boite[0] - MARGE), max(0, j.boite[1] - MARGE), j.boite[2] + MARGE, j.boite[3] + MARGE)
            for j in boites
            if j.boite
        },
        key=lambda z: (z.page, z.haut, z.gauche),
    )


def _toutes_placees(octets: bytes, suite: Sequence[Jeton], mots: Sequence[str]) -> None:
    """A word that is displayed and whose place is unknown would be drawn in clear: refuse."""
    for page in poppler.texte_brut(octets):
        rang = page[0].page if page else 0
        ici = [jeton for jeton in suite if jeton.page == rang]
        for mot in mots:
            if len(occurrences(page, mot)) > len(occurrences(ici, mot)):
                raise PdfIllisible(
                    f"Page {rang}, un mot à masquer n’a pas pu être situé. Masquez toute la page, ou écartez la pièce."
                )


def _composer(octets: bytes, dessinees: set[int], zones: Sequence[Zone]) -> bytes:
    """Only what the kept pages need is copied: nothing that hung on the document follows."""
    with pikepdf.open(io.BytesIO(octets)) as source, pikepdf.new() as copie:
        for rang, page in enumerate(source.pages, start=1):
            if rang in dessinees:
                _image(copie, page, poppler.dessiner(octets, rang, POINTS), [z for z in zones if z.page == rang])
            else:
                copie.pages.append(page)
                for cle in ("/Metadata", "/PieceInfo", "/StructParents", "/AA", "/Thumb", "/B", "/LastModified"):
                    if cle in copie.pages[-1]:
                        del copie.pages[-1][cle]
        sortie = io.BytesIO()
        copie.save(sortie, deterministic_id=True)
        return sortie.getvalue()


def _image(copie: pikepdf.Pdf, page: pikepdf.Page, png: bytes, zones: Sequence[Zone]) -> None:
    with Image.open(io.BytesIO(png)) as lue:
        image = lue.convert("RGB")
    large, haut = image.size
    plume = ImageDraw.Draw(image)
    for zone in zones:
        plume.rectangle((zone.gauche * large, zone.haut * haut, zone.droite * large, zone.bas * haut), fill="black")
    tampon = io.BytesIO()
    image.save(tampon, "JPEG", quality=80)
    flux = copie.make_stream(
        tampon.getvalue(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=large,
        Height=haut,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    mesure = 72 / POINTS
    neuve = copie.add_blank_page(page_size=(large * mesure, haut * mesure))
    neuve.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=flux))
    neuve.obj.Contents = copie.make_stream(f"q {large * mesure} 0 0 {haut * mesure} 0 0 cm /Im0 Do Q".encode())
