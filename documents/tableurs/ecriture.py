"""Rows of text as a CSV or an ODS: every cell is text, none is ever calculated."""

import csv as module_csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from xml.sax.saxutils import escape

from presentation.cellules import neutre

TYPE_CSV = "text/csv; charset=utf-8"
TYPE_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_INSTANT = (1980, 1, 1, 0, 0, 0)  # the same rows give the same bytes
_ESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"'
)
_MANIFESTE = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{TYPE_ODS}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def csv(
    entetes: Sequence[str], lignes: Iterable[Sequence[object]], preambule: Iterable[Sequence[object]] = ()
) -> bytes:
    """For a French spreadsheet: semicolons, and the mark by which it reads UTF-8. `preambule`: what the file is."""
    texte = io.StringIO()
    plume = module_csv.writer(texte, delimiter=";", lineterminator="\r\n")
    for ligne in (*preambule, entetes, *lignes):
        plume.writerow([neutre(valeur) for valeur in ligne])
    return texte.getvalue().encode("utf-8-sig")


def ods(titre: str, entetes: Sequence[str], lignes: Iterable[Sequence[object]]) -> bytes:
    """One sheet of text cells, readable by LibreOffice and Excel."""
    corps = "".join(_ligne(ligne) for ligne in (entetes, *lignes))
    contenu = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ESPACES}><office:body><office:spreadsheet>'
        f'<table:table table:name="{escape(titre, {chr(34): "&quot;"})}">{corps}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype", _INSTANT), TYPE_ODS)
        for nom, texte in (("content.xml", contenu), ("META-INF/manifest.xml", _MANIFESTE)):
            archive.writestr(zipfile.ZipInfo(nom, _INSTANT), texte, zipfile.ZIP_DEFLATED)
    return sortie.getvalue()


def moment(valeur: datetime) -> str:
    """« 2026-11-24 20:00 »: the one writing that the import reads without doubt."""
    return valeur.strftime("%Y-%m-%d %H:%M")


def _ligne(valeurs: Sequence[object]) -> str:
    cellules = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{escape(neutre(valeur))}</text:p></table:table-cell>'
        for valeur in valeurs
    )
    return f"<table:table-row>{cellules}</table:table-row>"
