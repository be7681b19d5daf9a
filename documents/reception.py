"""Files coming in: size, name, magic, structure, clean copy, antivirus, seal. Refusals are French sentences."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePath

import magic

from documents import antivirus, coffre, images, pdf, videos
from documents.flux import Source
from documents.models import Fichier
from documents.televersement import MO as MO
from documents.televersement import PLAFOND

TETE = 4096


class FichierRefuse(Exception):
    """The file is not accepted; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Accueil:
    """What a kind of piece accepts: extensions by MIME type and a size in bytes."""

    types: dict[str, str]
    taille: int = PLAFOND
    phrase: str = "Seuls les PDF et les photos JPEG ou PNG sont acceptés."


PIECES = Accueil({"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"})
PDF_SEUL = Accueil({"application/pdf": "pdf"}, phrase="Seuls les PDF sont acceptés.")
IMAGES_FILMEES = Accueil(
    {"video/mp4": "mp4", "video/x-matroska": "mkv", "video/x-msvideo": "avi", "video/quicktime": "mov"},
    taille=200 * MO,
    phrase="Seules les vidéos MP4, MKV, AVI ou MOV sont acceptées.",
)
FILM_LONG = replace(IMAGES_FILMEES, taille=1024 * MO)
IMAGERIE = Accueil(
    {"application/dicom": "dcm"}, taille=1024 * MO, phrase="Seuls les fichiers DICOM (.dcm) sont acceptés ici."
)
MAX_PAR_DOSSIER = 20
VIDEOS = frozenset((*IMAGES_FILMEES.types.values(), *IMAGERIE.types.values()))

ILLISIBLE = "Cette photo est illisible. Reprenez-la ou choisissez-en une autre."
INFECTE = (
    "L’antivirus a trouvé un programme dangereux dans ce fichier. Il n’est pas transmis. "
    "Prévenez votre service informatique, puis choisissez un autre fichier."
)
# Invisible, or turning the reading direction, so that a program’s name reads as a document’s.
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_EXECUTABLES = frozenset(
    (*("apk", "app", "bat", "cmd", "com", "cpl", "dll", "docm", "exe", "hta", "htm", "html", "iso", "jar", "js", "jse"),
     *("lnk", "msi", "php", "pif", "pptm", "ps1", "py", "reg", "scr", "sh", "svg", "swf", "vbe", "vbs", "wsf", "xhtml"),
     *("xlsm", "xml", "zip"))
)  # fmt: skip
_prevenus: list[Callable[[Fichier], None]] = []


def a_l_infection(fonction: Callable[[Fichier], None]) -> Callable[[Fichier], None]:
    """Register who is told that a file was found infected; called in AppConfig.ready() of a floor above."""
    _prevenus.append(fonction)
    return fonction


def recevoir(nom: str, contenu: bytes | Source, accueil: Accueil = PIECES, *, differer: bool = False) -> Fichier:
    """Check and keep an uploaded file; raises FichierRefuse with the sentence to show beside the field.

    The file is ready at once, or waits for the antivirus. An infected one is refused, and kept sealed in quarantine.
    `differer` leaves the antivirus to the worker: a gigabyte is not scanned while somebody waits.
    """
    flux: Source = io.BytesIO(contenu) if isinstance(contenu, bytes) else contenu
    _taille_permise(flux, accueil)
    flux.seek(0)
    type_mime = magic.from_buffer(flux.read(TETE), mime=True)
    extension = accueil.types.get(type_mime)
    if extension is None or _extension(nom) != extension:
        raise FichierRefuse(accueil.phrase)
    if extension in VIDEOS:
        if not videos.entiere(flux, extension):
            raise FichierRefuse("Cette vidéo est incomplète. Exportez-la à nouveau depuis l’enregistreur.")
        analyse = Fichier.Analyse.NON_ANALYSE if differer and antivirus.present() else _analyse(flux)
        return _controle(_sceller(flux, None, extension, type_mime, analyse))
    flux.seek(0)
    origine = flux.read()
    servi = _copie_propre(origine, type_mime)
    return _controle(_sceller(servi, origine, extension, type_mime, _analyse(io.BytesIO(origine))))


def _taille_permise(flux: Source, accueil: Accueil) -> None:
    # What an upload announces counts: beyond the page's limit its bytes were not kept.
    taille = max(getattr(flux, "size", None) or 0, flux.seek(0, io.SEEK_END) or flux.tell())
    if not taille:
        raise FichierRefuse("Ce fichier est vide. Choisissez-en un autre.")
    if taille > accueil.taille:
        raise FichierRefuse(f"Ce fichier dépasse {accueil.taille // MO}\u00a0Mo. Réduisez-le ou découpez-le.")


def _extension(nom: str) -> str:
    """The extension that the name says, the last one; a name that hides another is refused."""
    if _INVISIBLE.search(nom) or _EXECUTABLES & {suffixe.lower().strip(". ") for suffixe in PurePath(nom).suffixes}:
        raise FichierRefuse("Le nom de ce fichier est trompeur. Renommez-le simplement, puis ajoutez-le à nouveau.")
    return PurePath(nom).suffix.lower().lstrip(".").replace("jpeg", "jpg")


def _copie_propre(origine: bytes, type_mime: str) -> bytes:
    try:
        return pdf.nettoyer(origine) if type_mime == "application/pdf" else images.nettoyer(origine, type_mime)
    except images.Illisible as erreur:
        raise FichierRefuse(ILLISIBLE) from erreur
    except pdf.PdfRefuse as erreur:
        raise FichierRefuse(str(erreur)) from erreur


def _analyse(flux: Source) -> Fichier.Analyse:
    if not antivirus.present():
        return Fichier.Analyse.ABSENT
    try:
        return Fichier.Analyse(antivirus.analyser(flux).value)
    except antivirus.AntivirusIndisponible:
        return Fichier.Analyse.NON_ANALYSE


def _sceller(
    servi: bytes | Source, origine: bytes | None, extension: str, type_mime: str, analyse: Fichier.Analyse
) -> Fichier:
    return coffre.deposer(servi, extension=extension, type_mime=type_mime, origine=origine, analyse=analyse)


def _controle(fichier: Fichier) -> Fichier:
    if fichier.analyse == Fichier.Analyse.INFECTE:
        prevenir(fichier)
        raise FichierRefuse(INFECTE)
    return fichier


def prevenir(fichier: Fichier) -> None:
    """Tell those who registered that this file is infected."""
    for fonction in _prevenus:
        fonction(fichier)
