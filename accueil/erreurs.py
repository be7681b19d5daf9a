"""Error pages: where to go next. A case one may not know of answers exactly like one that does not exist."""

import sys
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def illisible(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that cannot be read; one that is too big has its own status."""
    return render(None, "400.html", status=413 if isinstance(exception, RequestDataTooBig) else 400)


def introuvable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def refus(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", {"raison": str(exception or "")}, status=403)


def panne(request: HttpRequest) -> HttpResponse:
    """503 when the database is away: it is a matter of a minute, and a proxy may try another replica."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        reponse = render(None, "503.html", status=503)
        reponse["Retry-After"] = "30"
        return reponse
    return render(None, "500.html", status=500)


def jeton_perime(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form outlived its session: nothing typed is lost, the browser's Back button shows it again."""
    return render(request, "403_csrf.html", status=403)


class PageMethodeRefusee:
    """Django answers 405 with an empty page: ours says what to do, with the same `Allow`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            response.content = render(None, "405.html").content
        return response
