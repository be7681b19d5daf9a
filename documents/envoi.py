"""Files going out: an attachment of its exact type, under an opaque name, that no page may run or keep."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse

from documents import coffre
from documents.flux import MORCEAU, Lecteur
from documents.models import Fichier

D_UN_BLOC = 20 * 1024 * 1024


def servir(fichier: Fichier, nom: str, attache: UUID) -> HttpResponse | StreamingHttpResponse:
    """The answer that carries a ready file of this case; raises FichierIndisponible.

    The caller has decided and journalled.

    Its first byte leaves after the request's transaction: the journal is written by then.
    """
    flux = coffre.ouvrir(fichier, attache)
    reponse: HttpResponse | StreamingHttpResponse
    if fichier.taille > D_UN_BLOC:
        reponse = StreamingHttpResponse(_morceaux(flux), content_type=fichier.type_mime)
        reponse["Content-Length"] = str(fichier.taille)
    else:
        with flux:
            reponse = HttpResponse(flux.read(), content_type=fichier.type_mime)
    jointe: Any = _jointe(reponse, f"{nom}.{fichier.extension}")
    jointe.empreinte = fichier.empreinte
    return jointe  # type: ignore[no-any-return]


def servir_octets(octets: bytes, nom: str, type_mime: str = "application/octet-stream") -> HttpResponse:
    """What is made of a file of the vault on demand, with the same protections; `nom` is ours."""
    reponse: HttpResponse = _jointe(HttpResponse(octets, content_type=type_mime), nom)
    return reponse


def _jointe(reponse: Any, nom: str) -> Any:
    reponse["Content-Disposition"] = f'attachment; filename="{nom}"'
    reponse["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'"
    reponse["X-Content-Type-Options"] = "nosniff"
    reponse["Cache-Control"] = "no-store, private"
    reponse["Accept-Ranges"] = "none"
    return reponse


def _morceaux(flux: Lecteur) -> Iterator[bytes]:
    with flux:
        while morceau := flux.read(MORCEAU):
            yield morceau
