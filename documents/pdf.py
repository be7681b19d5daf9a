"""PDF coming in: refused when anything in it acts, hides or reaches out; then a copy that says nothing of its maker.

The structure is read as readers read it, in every revision and once more with the tables of contents ignored, and
names are compared decoded: `/J#61vaScript` is /JavaScript.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf.settings import qpdf_limit_errors, set_qpdf_limits

from documents.images import sans_bavardage

PAGES, OBJETS, REVISIONS = 2_000, 150_000, 12
MO = 1024 * 1024
# Process-wide: an object stream, a predictor or an array that swells beyond these is an error, not memory.
set_qpdf_limits(
    flate_max_memory=64 * MO,
    png_max_memory=64 * MO,
    tiff_max_memory=64 * MO,
    run_length_max_memory=64 * MO,
    parser_max_container_size=400_000,
    parser_max_nesting=100,
    max_stream_filters=4,
    doc_max_warnings=200,
)

ILLISIBLE = "Ce PDF est illisible. Exportez-le à nouveau, ou imprimez-le en PDF."
PROTEGE = "Ce PDF est protégé par un mot de passe. Enlevez la protection, puis exportez-le à nouveau."
LONG = f"Ce PDF est trop long\u00a0: {PAGES} pages au plus. Découpez-le."
ACTIF = "Ce PDF contient un programme ou une action automatique. Imprimez-le en PDF, puis ajoutez cette copie."
JOINT = "Ce PDF contient un autre fichier. Ajoutez chaque fichier à part, ou imprimez-le en PDF."
DYNAMIQUE = "Ce PDF est un formulaire dynamique. Imprimez-le en PDF, puis ajoutez cette copie."

_CLES = {
    **dict.fromkeys(("/JS", "/JavaScript", "/AA", "/Launch", "/RichMediaContent", "/RichMediaSettings"), ACTIF),
    **dict.fromkeys(("/EmbeddedFiles", "/EmbeddedFile", "/EF", "/Collection"), JOINT),
    **dict.fromkeys(("/XFA", "/NeedsRendering"), DYNAMIQUE),
    "/Encrypt": PROTEGE,
}
_ACTIONS = {
    *("/JavaScript", "/Launch", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/Sound"),
    *("/GoTo3DView", "/RichMediaExecute", "/Thread", "/GoToDp", "/EnableJavaScripts"),
}
_GENRES = {
    **dict.fromkeys(("/RichMedia", "/Screen", "/Movie", "/Sound", "/3D", "/PS"), ACTIF),
    **dict.fromkeys(("/FileAttachment", "/EmbeddedFile"), JOINT),
}
# Harmless when clicked: a place of the same document, or an address that the browser shows before it opens it.
_LIENS = {"/GoTo", "/URI", "/Named"}
_PAGES_NOMMEES = {"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"}
_ADRESSE = re.compile(r"\s*(https?://|mailto:|tel:)", re.I)
_NOM = re.compile(rb"/([^\s/<>\[\](){}%]+)")
_NOMS_BRUTS = {
    nom.encode() for cle in (*_CLES, *_ACTIONS, *_GENRES) if (nom := cle[1:]) not in {"Thread", "Screen", "3D", "PS"}
}
_ETRANGER = re.compile(rb"<\?php|<!doctype|<(script|html|svg|iframe|body|object|embed)\b", re.I)
_DESCRIPTIFS = ("/Metadata", "/PieceInfo", "/Thumb", "/LastModified")


_ANOMALIES = (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError)


class PdfRefuse(Exception):
    """The message is the sentence to show."""


def nettoyer(octets: bytes) -> bytes:
    """Check, then give the copy to serve: same pages, no author, no history. Raises PdfRefuse."""
    limites = qpdf_limit_errors()
    _verifier_octets(octets)
    for revision in _revisions(octets):
        _verifier_revision(revision)
    try:
        with pikepdf.open(io.BytesIO(octets), attempt_recovery=False) as pdf:
            _verifier(pdf)
            if qpdf_limit_errors() != limites:
                raise PdfRefuse(ILLISIBLE)
            return _copie(pdf)
    except pikepdf.PasswordError as erreur:
        raise PdfRefuse(PROTEGE) from erreur
    except _ANOMALIES as erreur:
        raise PdfRefuse(ILLISIBLE) from erreur


def nombre_de_pages(octets: bytes) -> int:
    with pikepdf.open(io.BytesIO(octets)) as pdf:
        return len(pdf.pages)


def _verifier_octets(octets: bytes) -> None:
    """From the first byte to the last, a PDF and nothing else; no forbidden name outside the streams."""
    fin = octets.rfind(b"%%EOF")
    if not re.match(rb"%PDF-[12]\.\d", octets) or fin < 0 or octets[fin + 5 :].strip(b"\r\n \t\0"):
        raise PdfRefuse(ILLISIBLE)
    archive = octets.rfind(b"PK\x05\x06")
    if archive >= 0 and len(octets) - archive < 66_000:
        taille = int.from_bytes(octets[archive + 20 : archive + 22], "little")
        if archive + 22 + taille <= len(octets) and octets.find(b"PK\x01\x02") >= 0:
            raise PdfRefuse(JOINT)
    dehors = b"\n".join(_hors_flux(octets))
    if _ETRANGER.search(dehors) or len(re.findall(rb"\bobj\b", dehors)) > OBJETS:
        raise PdfRefuse(ILLISIBLE)
    for nom in set(_NOM.findall(dehors)):
        if _decode(nom) in _NOMS_BRUTS:
            raise PdfRefuse(_CLES.get(f"/{_decode(nom).decode()}", ACTIF))


def _hors_flux(octets: bytes) -> Iterator[bytes]:
    place = 0
    for debut in re.finditer(rb"stream\r?\n", octets):
        if debut.start() < place or octets[debut.start() - 3 : debut.start()] == b"end":
            continue
        yield octets[place : debut.start()]
        place = octets.find(b"endstream", debut.end())
        if place < 0:
            return
    yield octets[place:]


def _decode(nom: bytes) -> bytes:
    return re.sub(rb"#([0-9a-fA-F]{2})", lambda paire: bytes([int(paire[1], 16)]), nom)


def _revisions(octets: bytes) -> Iterator[bytes]:
    """Each earlier state of the file, and the file as a repairing reader would read it."""
    fins = [trouve.end() for trouve in re.finditer(rb"%%EOF", octets)]
    if len(fins) > REVISIONS:
        raise PdfRefuse(ILLISIBLE)
    yield from (octets[:fin] for fin in fins[:-1])
    yield octets.replace(b"startxref", b"startxxxx")


def _verifier_revision(octets: bytes) -> None:
    """A part that cannot be opened (the first half of a linearized file) hides nothing: no reader opens it either."""
    try:
        with pikepdf.open(io.BytesIO(octets)) as pdf:
            _verifier(pdf)
    except pikepdf.PasswordError as erreur:
        raise PdfRefuse(PROTEGE) from erreur
    except _ANOMALIES:
        return


def _verifier(pdf: pikepdf.Pdf) -> None:
    if pdf.is_encrypted:
        raise PdfRefuse(PROTEGE)
    if int(pdf.trailer.get("/Size", 0)) > OBJETS:
        raise PdfRefuse(ILLISIBLE)
    if len(pdf.pages) > PAGES:
        raise PdfRefuse(LONG)
    if not len(pdf.pages):
        raise PdfRefuse(ILLISIBLE)
    for objet in _objets(pdf):
        if faute := _faute(objet):
            raise PdfRefuse(faute)


def _objets(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary and stream, those written inside others included."""
    pile: list[Any] = [pdf.trailer, *pdf.objects]
    while pile:
        objet = pile.pop()
        if isinstance(objet, pikepdf.Array):
            enfants = list(objet)
        elif isinstance(objet, pikepdf.Dictionary | pikepdf.Stream):
            yield objet
            enfants = [valeur for _, valeur in objet.items()]
        else:
            continue
        pile += [
            enfant
            for enfant in enfants
            if isinstance(enfant, pikepdf.Array | pikepdf.Dictionary) and not enfant.is_indirect
        ]


def _faute(objet: Any) -> str:
    """Why this dictionary is not accepted, or nothing."""
    cles = set(objet.keys())
    for cle in cles & _CLES.keys():
        return _CLES[cle]
    for cle in ("/Subtype", "/Subtype2", "/Type"):
        if cle in cles and (faute := _GENRES.get(str(objet[cle]))):
            return faute
    if "/S" in cles and str(objet["/S"]) in _ACTIONS:
        return ACTIF
    if str(objet.get("/FS", "")) == "/URL" or (isinstance(objet, pikepdf.Stream) and "/F" in cles):
        return ACTIF
    if isinstance(reference := objet.get("/Ref"), pikepdf.Dictionary) and "/F" in reference:
        return ACTIF
    for cle in cles & {"/A", "/OpenAction", "/PA"}:
        if not _anodine(objet[cle], ouverture=cle == "/OpenAction"):
            return ACTIF
    return ""


def _anodine(action: Any, *, ouverture: bool) -> bool:
    """A destination, or a link followed on a click; at the opening, a page of the document only."""
    if not isinstance(action, pikepdf.Dictionary) or "/S" not in action:
        return True
    genre = str(action["/S"])
    if genre not in ({"/GoTo"} if ouverture else _LIENS) or "/Next" in action:
        return False
    if genre == "/Named":
        return str(action.get("/N", "")) in _PAGES_NOMMEES
    return genre != "/URI" or bool(_ADRESSE.match(str(action.get("/URI", ""))))


def _copie(pdf: pikepdf.Pdf) -> bytes:
    for objet in _objets(pdf):
        for cle in _DESCRIPTIFS:
            if cle in objet:
                del objet[cle]
        if "/Rect" in objet and "/T" in objet and str(objet.get("/Subtype", "")) != "/Widget":
            del objet["/T"]
        if isinstance(objet, pikepdf.Stream) and str(objet.get("/Filter", "")) == "/DCTDecode":
            objet.write(sans_bavardage(objet.read_raw_bytes()), filter=pikepdf.Name.DCTDecode)
    for cle in ("/Info", "/ID"):
        if cle in pdf.trailer:
            del pdf.trailer[cle]
    if "/OpenAction" in pdf.Root:
        del pdf.Root["/OpenAction"]
    sortie = io.BytesIO()
    pdf.save(sortie, deterministic_id=True)
    return sortie.getvalue()
