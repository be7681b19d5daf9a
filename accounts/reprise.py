"""After an ended session, the same person comes back to the page it was on, and nobody else does."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User

SEL = "accounts.reprise"
DUREE = 12 * 3600
NOM = "tdu_reprise"


def sure(request: HttpRequest, adresse: str) -> str:
    """The path of an address of this site, "" for any other."""
    if not url_has_allowed_host_and_scheme(adresse, {request.get_host()}, require_https=request.is_secure()):
        return ""
    morceaux = urlsplit(adresse)
    if not morceaux.path.startswith("/"):  # a word would be taken for the name of a page
        return ""
    return f"{morceaux.path}?{morceaux.query}" if morceaux.query else morceaux.path


def page_de(request: HttpRequest) -> str:
    """The page a person is on: the one it asks for, or the one that sent this request."""
    if request.method == "GET" and request.headers.get("sec-fetch-mode", "navigate") == "navigate":
        return request.get_full_path()
    return sure(request, request.headers.get("referer", ""))


def retenir(response: HttpResponse, utilisateur: User | AnonymousUser, page: str) -> None:
    if page and isinstance(utilisateur, User):
        valeur = signing.dumps([str(utilisateur.cle), page], salt=SEL)
        response.set_cookie(nom(), valeur, max_age=DUREE, **reglages())


def reprendre(request: HttpRequest, response: HttpResponse, utilisateur: User) -> str:
    """The page to come back to, read once: whoever signs in, the reminder goes."""
    valeur = request.COOKIES.get(nom(), "")
    if not valeur:
        return ""
    response.delete_cookie(nom(), samesite="Lax")
    try:
        cle, page = signing.loads(valeur, salt=SEL, max_age=DUREE)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return sure(request, str(page)) if cle == str(utilisateur.cle) else ""


def nom() -> str:
    return f"__Host-{NOM}" if settings.SESSION_COOKIE_SECURE else NOM


def reglages() -> dict[str, Any]:
    return {"httponly": True, "samesite": "Lax", "secure": settings.SESSION_COOKIE_SECURE}
