"""PDF out: a template becomes a document, registered and verifiable. Drawn elsewhere (`documents/impression.py`)."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from documents import coffre, signature
from documents.empreinte import empreinte
from documents.impression import imprimer
from documents.models import Document

__all__ = ["Cachet", "adresse_verification", "cle_stable", "empreinte", "produire", "rendre_pdf"]

ESPACE = uuid.UUID("3d6b6f7e-0f0a-4f0e-9a53-6f6f2c1f9a10")


def adresse_verification(cle: Any) -> str:
    return f"{settings.ADRESSE_PUBLIQUE}{reverse('documents:verifier', args=[cle])}"


def rendre_pdf(gabarit: str, contexte: Mapping[str, Any], avancer: Callable[[int], None] | None = None) -> bytes:
    """Render a template to a tagged PDF; the same input gives the same bytes."""
    return imprimer(render_to_string(gabarit, dict(contexte)), avancer)


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
    dossier_cle: uuid.UUID | None = None,
    cle: uuid.UUID | None = None,
    cachet: Cachet | None = None,
    avancer: Callable[[int], None] | None = None,
) -> Document:
    """Render, seal and register a document; earlier ones of the same kind and object become *remplacé*.

    Its file is bound to the case `dossier_cle`, or to the document when there is none.
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
        document.fichier = coffre.deposer(
            octets, extension="pdf", type_mime="application/pdf", attache=dossier_cle or document.cle
        )
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
