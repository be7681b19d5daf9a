"""What comes in, before any view reads it: from our own pages, and made of text that the database can hold."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict

NUL = "\0"
AILLEURS = {"cross-site", "same-site"}
VENU_D_AILLEURS = (
    "Cette demande vient d’un autre site\u00a0: elle est refusée. "
    "Ouvrez Trait d’union, puis recommencez depuis sa page."
)


class EntreesSaines:
    """Refuses what another site sends or embeds, and the null character, which PostgreSQL cannot store.

    A link followed from a mail is a navigation by GET, the only thing that may come from elsewhere.
    In `process_view`, so that the refusal is journalled like any other.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, vue: Any, args: Any, kwargs: Any) -> None:
        if vient_d_ailleurs(request):
            raise PermissionDenied(VENU_D_AILLEURS)
        if NUL in request.path or _porte_nul(request.GET):
            raise SuspiciousOperation("null character in the address")
        if request.method == "POST" and _porte_nul(request.POST):
            request.POST = _sans_nul(request.POST)  # type: ignore[assignment]


def vient_d_ailleurs(request: HttpRequest) -> bool:
    """Whether the browser says that another site asks for anything but opening a page (Fetch Metadata)."""
    if request.headers.get("Sec-Fetch-Site", "") not in AILLEURS:
        return False
    navigue = request.headers.get("Sec-Fetch-Mode") == "navigate"
    document = request.headers.get("Sec-Fetch-Dest", "document") == "document"
    return not (request.method in {"GET", "HEAD"} and navigue and document)


def _porte_nul(donnees: QueryDict) -> bool:
    return any(NUL in nom or NUL in valeur for nom, valeurs in donnees.lists() for valeur in valeurs)


def _sans_nul(donnees: QueryDict) -> QueryDict:
    """Nobody types it: dropping it loses nothing of what was written."""
    propre = QueryDict(mutable=True)
    for nom, valeurs in donnees.lists():
        propre.setlist(nom.replace(NUL, ""), [valeur.replace(NUL, "") for valeur in valeurs])
    propre._mutable = False
    return propre
