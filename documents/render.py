"""PDF out. The only importer of WeasyPrint; nothing is fetched but our own static files."""

import io
import logging
import os
import re
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
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
from django.utils import timezone
from django.utils._os import safe_join
from weasyprint import CSS, HTML
from weasyprint.logger import PROGRESS_LOGGER
from weasyprint.urls import URLFetcher, URLFetcherResponse

from documents import coffre, signature
from documents.empreinte import empreinte
from documents.models import Document

__all__ = ["Cachet", "adresse_verification", "cle_stable", "empreinte", "produire", "rendre_pdf"]


# fontTools dates the subset fonts it embeds: without this the same input would give other bytes a second later.
os.environ.setdefault("SOURCE_DATE_EPOCH", "1748217600")
ESPACE = uuid.UUID("3d6b6f7e-0f0a-4f0e-9a53-6f6f2c1f9a10")
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


def rendre_pdf(gabarit: str, contexte: Mapping[str, Any], avancer: Callable[[int], None] | None = None) -> bytes:
    """Render a template to a tagged PDF; the same input gives the same bytes."""
    recuperateur = StatiquesSeulement(allowed_protocols={"static", "data"})
    html = render_to_string(gabarit, dict(contexte))
    feuille = CSS(url="static:///css/document.css", url_fetcher=recuperateur)
    with _suivre(avancer):
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


@contextmanager
def _suivre(avancer: Callable[[int], None] | None) -> Iterator[None]:
    """Tell how far the layout is, out of 100, from what the engine says of its seven steps in this very thread."""
    if avancer is None:
        yield
        return
    dire = avancer

    class Ecoute(logging.Handler):
        atteint = 0

        def emit(self, ligne: logging.LogRecord) -> None:
            etape = re.match(r"Step (\d)(?:.*Page (\d+))?", ligne.getMessage())
            if not etape or ligne.thread != threading.get_ident():
                return
            # The fifth step lays the pages out and is nearly all of the time; their number is not known ahead.
            part = int(etape[1]) * 5 if int(etape[1]) < 5 else 25 + min(int(etape[2] or 0), 120) // 2
            part = 90 if int(etape[1]) > 5 else part
            if part > self.atteint:
                self.atteint = part
                dire(part)

    ecoute, niveau = Ecoute(), PROGRESS_LOGGER.level
    PROGRESS_LOGGER.addHandler(ecoute)
    PROGRESS_LOGGER.setLevel(logging.INFO)
    try:
        yield
    finally:
        PROGRESS_LOGGER.removeHandler(ecoute)
        PROGRESS_LOGGER.setLevel(niveau)


def cle_stable(genre: str, objet_cle: Any, contenu: Mapping[str, Any]) -> uuid.UUID:
    """The key of a document whose text is no secret: the same content has the same QR code, hence the same bytes."""
    return uuid.uuid5(ESPACE, f"{genre}:{objet_cle}:{empreinte(contenu)}")


@dataclass(frozen=True, slots=True)
class Cachet:
    """How a document is sealed when a certificate is configured: why, and whether its time-stamp may be missing."""

    raison: str
    exiger_la_date: bool = False


def produire(
    genre: str,
    *,
    intitule: str,
    reference: str,
    objet_cle: Any,
    contenu: Mapping[str, Any],
    gabarit: str,
    contexte: Mapping[str, Any],
    cle: uuid.UUID | None = None,
    cachet: Cachet | None = None,
    avancer: Callable[[int], None] | None = None,
) -> Document:
    """Render, seal and register a document; earlier ones of the same kind and object become *remplacé*.

    With a `cle_stable`, a content that comes back gives the document it already had, in force again.
    """
    document = Document.objects.filter(cle=cle).first() if cle else None
    if document is None:
        document = Document(
            genre=genre, intitule=intitule, reference=reference, objet_cle=objet_cle, empreinte=empreinte(contenu)
        )
        document.cle = cle or document.cle
        octets = rendre_pdf(gabarit, {**contexte, **_verification(document)}, avancer=avancer)
        if cachet:
            octets = signature.sceller(octets, raison=cachet.raison, exiger_la_date=cachet.exiger_la_date)
        document.fichier = coffre.deposer(octets, extension="pdf", type_mime="application/pdf")
    maintenant = timezone.now()
    autres = Document.objects.filter(genre=genre, objet_cle=objet_cle, statut=Document.Statut.EN_VIGUEUR)
    autres.exclude(pk=document.pk).update(statut=Document.Statut.REMPLACE, statut_le=maintenant)
    if document.statut != Document.Statut.EN_VIGUEUR:
        document.statut, document.statut_le = Document.Statut.EN_VIGUEUR, maintenant
    document.save()
    return document


def _verification(document: Document) -> dict[str, Any]:
    """What lets a reader of the paper check it: address, drawing of the code, and the same as a small picture."""
    adresse = adresse_verification(document.cle)
    code = segno.make(adresse, error="m")
    return {
        "document": document,
        "adresse_verification": adresse,
        "qr": code.svg_data_uri(scale=3, border=0),
        "qr_pied": code.png_data_uri(scale=6, border=1),
    }
