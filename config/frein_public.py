"""The page behind a QR code is open to all: its unknown codes are counted by address, like guesses at sign-in."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import frein
from accounts.identite import adresse_ip

VERIFICATION = "documents:verifier"


class FreinPublic:
    """Outside the transaction of the request: an unknown code is a 404, which rolls back what was counted inside."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 404 and _verifie(request):
            frein.essayer(_nom(request), frein.ADRESSE)
        return response

    def process_view(
        self, request: HttpRequest, vue: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        if not _verifie(request) or not (reste := frein.attente(_nom(request), frein.ADRESSE)):
            return None
        reponse = render(request, "429.html", {"raison": frein.trop(reste)}, status=429)
        reponse["Retry-After"] = str(int(reste.total_seconds()) + 1)
        return reponse


def _verifie(request: HttpRequest) -> bool:
    return request.resolver_match is not None and request.resolver_match.view_name == VERIFICATION


def _nom(request: HttpRequest) -> str:
    return f"verification:{adresse_ip(request)}"
