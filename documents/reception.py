"""Files coming in: size, name, magic, structure, then a clean re-encoding. Refusals are French sentences."""

import io
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import magic
import pikepdf
from PIL import Image, ImageOps

from documents import coffre
from documents.models import Fichier

MO = 1024 * 1024
Image.MAX_IMAGE_PIXELS = 50_000_000


class FichierRefuse(Exception):
    """The file is not accepted; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Accueil:
    """What a kind of piece accepts: extensions by MIME type and a size in bytes."""

    types: dict[str, str]
    taille: int = 20 * MO
    phrase: str = "Seuls les PDF et les photos JPEG ou PNG sont acceptés."


PIECES = Accueil({"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"})
PDF_SEUL = Accueil({"application/pdf": "pdf"}, phrase="Seuls les PDF sont acceptés.")


def recevoir(nom: str, contenu: bytes, accueil: Accueil = PIECES) -> Fichier:
    """Check and keep an uploaded file; raises FichierRefuse with the sentence to show beside the field."""
    if not contenu:
        raise FichierRefuse("Ce fichier est vide. Choisissez-en un autre.")
    if len(contenu) > accueil.taille:
        raise FichierRefuse(f"Ce fichier dépasse {accueil.taille // MO} Mo. Réduisez-le ou découpez-le.")
    type_mime = magic.from_buffer(contenu[:4096], mime=True)
    extension = accueil.types.get(type_mime)
    dite = PurePath(nom).suffix.lower().lstrip(".").replace("jpeg", "jpg")
    if extension is None or dite != extension:
        raise FichierRefuse(accueil.phrase)
    propre = _pdf_propre(contenu) if extension == "pdf" else _image_propre(contenu, type_mime)
    return coffre.deposer(propre, extension=extension, type_mime=type_mime)


def _image_propre(contenu: bytes, type_mime: str) -> bytes:
    """The same picture re-encoded: no EXIF, no location, nothing hidden after the pixels."""
    try:
        with Image.open(io.BytesIO(contenu)) as image:
            droite = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as erreur:
        raise FichierRefuse("Cette photo est illisible. Reprenez-la ou choisissez-en une autre.") from erreur
    sortie = io.BytesIO()
    droite.save(sortie, "JPEG" if type_mime == "image/jpeg" else "PNG", quality=90)
    return sortie.getvalue()


# What may act when a PDF is opened or clicked; a link to an address or to a page of it stays.
_ACTIFS = ("/OpenAction", "/AA", "/JS", "/JavaScript", "/EmbeddedFiles", "/XFA", "/RichMedia")
_LIENS = ("/URI", "/GoTo")


def _pdf_propre(contenu: bytes) -> bytes:
    """The same PDF without actions, scripts or embedded files."""
    try:
        with pikepdf.open(io.BytesIO(contenu)) as pdf:
            for objet in pdf.objects:
                _desarmer(objet)
            sortie = io.BytesIO()
            pdf.save(sortie)
    except pikepdf.PasswordError as erreur:
        raise FichierRefuse("Ce PDF est protégé par un mot de passe. Enlevez la protection.") from erreur
    except pikepdf.PdfError as erreur:
        raise FichierRefuse("Ce PDF est illisible. Exportez-le à nouveau.") from erreur
    return sortie.getvalue()


def _desarmer(objet: Any) -> None:
    """Drop what acts from one object and from those written inside it; indirect ones are visited on their own."""
    if isinstance(objet, pikepdf.Array):
        enfants = list(objet)
    elif isinstance(objet, pikepdf.Dictionary | pikepdf.Stream):
        for cle in _ACTIFS:
            if cle in objet:
                del objet[cle]
        if isinstance(action := objet.get("/A"), pikepdf.Dictionary) and str(action.get("/S", "")) not in _LIENS:
            del objet["/A"]
        enfants = [objet[cle] for cle in objet.keys()]  # noqa: SIM118  # a pikepdf dictionary iterates otherwise
    else:
        return
    for enfant in enfants:
        if isinstance(enfant, pikepdf.Object) and not enfant.is_indirect:
            _desarmer(enfant)
