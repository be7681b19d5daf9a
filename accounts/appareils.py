"""Browsers that once signed in to an account: an attack from elsewhere that spends its tries does not stop them.

A signed cookie, no row; it opens nothing, it only counts its guesses apart from the others'.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from accounts.models import User
from accounts.reprise import reglages

SEL = "accounts.appareils"
DUREE = 180 * 24 * 3600
NOM = "tdu_appareil"
# A shared post is known of the last people who used it.
COMPTES = 12


def _nom() -> str:
    return f"__Host-{NOM}" if settings.SESSION_COOKIE_SECURE else NOM


def _marque(courriel: str) -> str:
    return salted_hmac(SEL, courriel.strip().lower(), algorithm="sha256").hexdigest()[:16]


def _lire(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        numero, comptes = signing.loads(request.COOKIES.get(_nom(), ""), salt=SEL, max_age=DUREE)
    except (signing.BadSignature, ValueError, TypeError):
        return "", []
    return str(numero), list(comptes)


def connu(request: HttpRequest, courriel: str) -> str:
    """The number of this browser when that account already signed in here, else ""."""
    numero, comptes = _lire(request)
    return numero if numero and _marque(courriel) in comptes else ""


def reconnaitre(request: HttpRequest, response: HttpResponse, utilisateur: User) -> None:
    """Remember that this person signed in here."""
    numero, comptes = _lire(request)
    marque = _marque(utilisateur.courriel)
    comptes = [marque, *(compte for compte in comptes if compte != marque)][:COMPTES]
    valeur = signing.dumps([numero or secrets.token_hex(8), comptes], salt=SEL)
    response.set_cookie(_nom(), valeur, max_age=DUREE, **reglages())
