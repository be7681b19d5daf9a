"""PDF out. The only importer of WeasyPrint; nothing is fetched but our own static files."""

import io
import os
from collections.abc import Mapping
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, uses_netloc, uses_relative

import pikepdf
import segno
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils._os import safe_join
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from documents import coffre
from documents.empreinte import empreinte
from documents.models import Document

__all__ = ["adresse_verification", "empreinte", "produire", "rendre_pdf"]


# fontTools dates the subset fonts it embeds: without this the same input would give other bytes a second later.
os.environ.setdefault("SOURCE_DATE_EPOCH", "1748217600")
# Relative addresses (fonts of a style sheet, `{% static %}` of a template) are joined inside our own scheme.
for schemes in (uses_relative, uses_netloc):
    if "static" not in schemes:
        schemes.append("static")


class StatiquesSeulement(URLFetcher):
    """Serves `static:` names from our own tree and refuses everything else, loopback and files included."""

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        adresse = urlsplit(url)
        if adresse.scheme == "data":
            return super().fetch(url, headers)
        chemin = _statique(adresse.path) if adresse.scheme == "static" else None
        if not chemin:
            raise ValueError(f"Ressource refusée dans un PDF : {adresse.scheme}")
        genre = guess_type(chemin.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, body=chemin.read_bytes(), headers={"Content-Type": genre})


def _statique(adresse: str) -> Path | None:
    """Our own file of that address: from the source tree, or as `collectstatic` named it."""
    nom = adresse.lstrip("/").removeprefix(settings.STATIC_URL.strip("/") + "/")
    source = finders.find(nom)
    if source:
        return Path(str(source))
    collecte = Path(safe_join(settings.STATIC_ROOT, nom))
    return collecte if collecte.is_file() else None


def adresse_verification(cle: Any) -> str:
    return f"{settings.ADRESSE_PUBLIQUE}{reverse('documents:verifier', args=[cle])}"


def rendre_pdf(gabarit: str, contexte: Mapping[str, Any]) -> bytes:
    """Render a template to a tagged PDF; the same input gives the same bytes."""
    recuperateur = StatiquesSeulement(allowed_protocols={"static", "data"})
    html = render_to_string(gabarit, dict(contexte))
    feuille = CSS(url="static:///css/document.css", url_fetcher=recuperateur)
    octets = HTML(string=html, base_url="static:///css/", url_fetcher=recuperateur).write_pdf(
        stylesheets=[feuille], pdf_variant="pdf/ua-1"
    )
    return _stable(octets)


def _stable(octets: bytes) -> bytes:
    """Rewrite the file identifier from the content, so that rendering twice gives the same file."""
    with pikepdf.open(io.BytesIO(octets)) as pdf:
        sortie = io.BytesIO()
        pdf.save(sortie, deterministic_id=True)
    return sortie.getvalue()


def produire(
    genre: str,
    *,
    intitule: str,
    reference: str,
    objet_cle: Any,
    contenu: Mapping[str, Any],
    gabarit: str,
    contexte: Mapping[str, Any],
) -> Document:
    """Render, seal and register a document; earlier ones of the same kind and object become *remplacé*."""
    document = Document(
        genre=genre, intitule=intitule, reference=reference, objet_cle=objet_cle, empreinte=empreinte(contenu)
    )
    adresse = adresse_verification(document.cle)
    qr = segno.make(adresse, error="m").svg_data_uri(scale=3, border=0)
    proprietes = {"document": document, "adresse_verification": adresse, "qr": qr}
    octets = rendre_pdf(gabarit, {**contexte, **proprietes})
    document.fichier = coffre.deposer(octets, extension="pdf", type_mime="application/pdf")
    Document.objects.filter(genre=genre, objet_cle=objet_cle, statut=Document.Statut.EN_VIGUEUR).update(
        statut=Document.Statut.REMPLACE
    )
    document.save()
    return document
