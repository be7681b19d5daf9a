"""Error pages: where to go next. A case one may not know of answers exactly like one that does not exist."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def introuvable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def refus(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", {"raison": str(exception or "")}, status=403)


def panne(request: HttpRequest) -> HttpResponse:
    return render(None, "500.html", status=500)


def jeton_perime(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form outlived its session: nothing typed is lost, the browser's Back button shows it again."""
    return render(request, "403_csrf.html", status=403)
