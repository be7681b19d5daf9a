"""Photos: their structure to the last byte, then the same picture without anything beside its pixels."""

import io
import re
import zlib
from collections.abc import Iterator

from PIL import Image, ImageOps

PIXELS = 50_000_000
Image.MAX_IMAGE_PIXELS = PIXELS
PNG = b"\x89PNG\r\n\x1a\n"
# What makes a browser, an interpreter or an archiver read a picture as something else.
_ETRANGER = re.compile(rb"<\?php|<\?=|<!doctype|<(script|html|svg|iframe|body|object|embed)\b|%PDF-|PK\x05\x06", re.I)
_FIN_DE_TRAME = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]", re.DOTALL)
# Segments that only describe: EXIF and XMP, Photoshop’s, comments.
_BAVARDS = {0xE1, 0xED, 0xFE}


class Illisible(ValueError):
    """Cut, altered, too large, or also something else than a picture."""


def nettoyer(octets: bytes, type_mime: str) -> bytes:
    """The same picture re-encoded: no EXIF, no place, nothing after the pixels. Raises Illisible."""
    hors_pixels = b"".join(_segments_png(octets) if type_mime == "image/png" else hors_trames(octets))
    if _ETRANGER.search(hors_pixels):
        raise Illisible
    try:
        with Image.open(io.BytesIO(octets), formats=("JPEG", "PNG")) as image:
            if image.width * image.height > PIXELS:
                raise Illisible
            droite = _sur_blanc(ImageOps.exif_transpose(image))
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError) as erreur:
        raise Illisible from erreur
    droite.info = {}
    sortie = io.BytesIO()
    droite.save(sortie, "JPEG" if type_mime == "image/jpeg" else "PNG", quality=90)
    return sortie.getvalue()


def _sur_blanc(image: Image.Image) -> Image.Image:
    """What is transparent is paper, not ink."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    calque = image.convert("RGBA")
    fond = Image.new("RGB", calque.size, "white")
    fond.paste(calque, mask=calque.getchannel("A"))
    return fond


def _segments_png(octets: bytes) -> Iterator[bytes]:
    """Chunks but those of pixels, each with its checksum verified, then what follows the end."""
    if not octets.startswith(PNG):
        raise Illisible
    place, genre = len(PNG), b""
    while genre != b"IEND":
        taille, genre = int.from_bytes(octets[place : place + 4], "big"), octets[place + 4 : place + 8]
        corps = octets[place + 4 : place + 8 + taille]
        place += 12 + taille
        if place > len(octets) or zlib.crc32(corps).to_bytes(4, "big") != octets[place - 4 : place]:
            raise Illisible
        if genre != b"IDAT":
            yield corps
    yield octets[place:]


def hors_trames(octets: bytes) -> Iterator[bytes]:
    """Segments of a JPEG but its coded pixels, then what follows the end; raises Illisible if there is no end."""
    place = 2
    if not octets.startswith(b"\xff\xd8\xff"):
        raise Illisible
    while True:
        marque = octets[place + 1 : place + 2]
        if octets[place : place + 1] != b"\xff" or not marque:
            raise Illisible
        if marque == b"\xd9":
            break
        if marque == b"\xff":
            place += 1
            continue
        fin = place + 2 + int.from_bytes(octets[place + 2 : place + 4], "big")
        if fin > len(octets) or fin < place + 4:
            raise Illisible
        yield octets[place:fin]
        place = fin
        if marque == b"\xda":
            suite = _FIN_DE_TRAME.search(octets, place)
            if suite is None:
                raise Illisible
            place = suite.start()
    yield octets[place + 2 :]


def sans_bavardage(octets: bytes) -> bytes:
    """A JPEG inside a PDF, without what only describes it; its coded pixels are not touched."""
    garde, place = [octets[:2]], 2
    while octets[place : place + 1] == b"\xff" and octets[place + 1 : place + 2] not in (b"\xda", b""):
        fin = place + 2 + int.from_bytes(octets[place + 2 : place + 4], "big")
        if octets[place + 1] not in _BAVARDS:
            garde.append(octets[place:fin])
        place = fin
    fin_utile = octets.rfind(b"\xff\xd9")
    return b"".join([*garde, octets[place : fin_utile + 2 if fin_utile > place else None]])
