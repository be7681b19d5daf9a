"""Step-up: some acts ask for a proof of identity of at most five minutes (SEC-25)."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from accounts.sessions import renouveler

DUREE = 5 * 60
ELEVE_LE = "eleve_le"


def elever(request: HttpRequest) -> None:
    """Record that the person has just proved who they are; the session takes a new key."""
    request.session[ELEVE_LE] = int(time.time())
    if request.user.is_authenticated and request.session.session_key:
        renouveler(request)


def est_eleve(request: HttpRequest) -> bool:
    return int(time.time()) - int(request.session.get(ELEVE_LE, 0)) <= DUREE


def eleve(vue: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view that asks for the proof first; a POST goes back to the page it came from, to be sent again."""

    @wraps(vue)
    def gardee(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if est_eleve(request):
            return vue(request, *args, **kwargs)
        retour = request.get_full_path()
        if request.method not in {"GET", "HEAD"}:
            retour = request.headers.get("referer", "/")
            messages.info(request, "Confirmez votre identité, puis recommencez\u00a0: rien n’est encore fait.")
        return redirect(f"{reverse('accounts:elever')}?{urlencode({'next': retour})}")

    return gardee
