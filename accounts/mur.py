"""The wall: outside a demonstration, a session without a proved second factor reaches nothing but its enrolment."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from accounts import facteurs
from accounts.sessions import clore

# Where a person without a factor may go: to enrol one, to prove who they are, to leave or to mask the screen.
OUVERTES = frozenset(
    f"accounts:{nom}"
    for nom in ("facteurs", "application", "cle", "elever", "deconnexion", "verrouille", "masquer", "prolonger")
)


class SecondFacteurExige:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated or settings.MODE_DEMONSTRATION or facteurs.est_marque(request):
            return self.get_response(request)
        if facteurs.en_a_un(request.user):
            # The person has a factor and this session never proved it: it begins again.
            clore(request)
            return redirect("accounts:connexion")
        return self.get_response(request) if self._ouverte(request) else redirect("accounts:facteurs")

    @staticmethod
    def _ouverte(request: HttpRequest) -> bool:
        try:
            return resolve(request.path_info).view_name in OUVERTES
        except Resolver404:
            return False
