"""Bounded sessions: idle time locks the screen, ten hours end the session, « Masquer » locks at once."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

ACTIVITE, OUVERTURE, VERROU = "activite", "ouverture", "verrou"
# One write a minute is enough to measure fifteen minutes, and spares the session table.
PRECISION = 60


def verrouiller(request: HttpRequest) -> None:
    request.session[VERROU] = True


def deverrouiller(request: HttpRequest) -> None:
    request.session.pop(VERROU, None)
    request.session[ACTIVITE] = int(time.time())


class SessionBornee:
    """Refuses a page to a locked or too old session; times are seconds since the epoch."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and (renvoi := self._borner(request)):
            return renvoi
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def _borner(self, request: HttpRequest) -> HttpResponse | None:
        session, maintenant = request.session, int(time.time())
        ouverture = session.setdefault(OUVERTURE, maintenant)
        derniere = session.setdefault(ACTIVITE, maintenant)
        if maintenant - ouverture > settings.SESSION_COOKIE_AGE:
            logout(request)
            return redirect("accounts:connexion")
        if maintenant - derniere > settings.SESSION_INACTIVITE and not session.get(VERROU):
            verrouiller(request)
        if session.get(VERROU):
            libres = {reverse("accounts:verrouille"), reverse("accounts:deconnexion")}
            if request.path in libres or request.path.startswith(settings.STATIC_URL):
                return None
            if request.method == "GET" and not request.headers.get("x-requested-with"):
                session["apres_verrou"] = request.get_full_path()
            return redirect("accounts:verrouille")
        if maintenant - derniere > PRECISION:
            session[ACTIVITE] = maintenant
        return None
