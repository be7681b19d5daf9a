"""Bounded sessions: idle time locks the screen, ten hours end the session, two at most, « Masquer » locks at once."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from accounts import reprise
from accounts.models import User

ACTIVITE, OUVERTURE, VERROU, POSTE = "activite", "ouverture", "verrou", "poste"
PARTAGE, PERSONNEL = "partage", "personnel"
# One write every half minute is enough to measure five, and spares the session table.
PRECISION = 30
# The page locks itself a little before the server, so that what is being typed can still be kept.
AVANCE = 10
DEVERROUILLABLE = 30 * 60
SIMULTANEES = 2
NON_PARTI = (
    "Votre envoi n’est pas parti\u00a0: la session s’était fermée. Identifiez-vous, votre page revient avec son "
    "brouillon. Relisez-la, remettez le fichier, puis envoyez."
)
_temoins: list[Callable[[User], None]] = []


def a_la_fin(temoin: Callable[[User], None]) -> None:
    """Register who records a session that the clock or a provider ends."""
    _temoins[:] = [temoin]


def temoigner(utilisateur: User) -> None:
    """Record a session that ended without its person asking."""
    for temoin in _temoins:
        temoin(utilisateur)


def inactivite(request: HttpRequest) -> int:
    """Seconds without action before the screen locks: five on a shared post."""
    partage = request.session.get(POSTE) == PARTAGE
    return int(settings.SESSION_INACTIVITE_PARTAGE if partage else settings.SESSION_INACTIVITE)


def verrou_prevu(request: HttpRequest) -> datetime:
    """When the page must lock itself if nothing is done."""
    depuis = int(request.session.get(ACTIVITE, time.time()))
    return datetime.fromtimestamp(depuis + inactivite(request) - AVANCE, tz=UTC)


def verrouiller(request: HttpRequest) -> None:
    request.session.setdefault(VERROU, int(time.time()))


def deverrouiller(request: HttpRequest) -> None:
    request.session.pop(VERROU, None)
    request.session[ACTIVITE] = int(time.time())


def deverrouillable_jusqu_a(request: HttpRequest) -> datetime:
    return datetime.fromtimestamp(int(request.session[VERROU]) + DEVERROUILLABLE, tz=UTC)


def ouvrir(request: HttpRequest, utilisateur: User) -> None:
    """A session that has just begun: its clocks start, and the oldest beyond two ends."""
    request.session[OUVERTURE] = request.session[ACTIVITE] = int(time.time())
    request.session.pop(VERROU, None)
    User.objects.select_for_update().get(pk=utilisateur.pk)
    siennes = UserSession.objects.filter(user=utilisateur).exclude(session_key=request.session.session_key)
    autres = [session for session in siennes.order_by("created_at", "pk") if not session.purge()]
    for session in autres[: max(0, len(autres) - SIMULTANEES + 1)]:
        session.end()


def renouveler(request: HttpRequest) -> None:
    """A new key for the same session: the old one is dead."""
    ancienne = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=ancienne).update(session_key=request.session.session_key)


def fermer_toutes(*, utilisateur: User) -> None:
    """End every session of a person at once, wherever it is open."""
    User.objects.filter(pk=utilisateur.pk).update(epoque=F("epoque") + 1)
    utilisateur.refresh_from_db(fields=["epoque"])
    for session in UserSession.objects.filter(user=utilisateur):
        session.end()


def clore(request: HttpRequest) -> None:
    """Leave this session, and its line in the list of sessions."""
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    logout(request)


def en_fond(request: HttpRequest) -> bool:
    """Sent by a page on its own (autosave, polling), not by a person who acts."""
    entetes = request.headers
    mode = entetes.get("sec-fetch-mode", "navigate")
    return bool(entetes.get("x-requested-with") or entetes.get("hx-request")) or mode != "navigate"


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
        if maintenant - ouverture > settings.SESSION_DUREE:
            return self._finir(request)
        if maintenant - derniere > inactivite(request):
            session.setdefault(VERROU, derniere + inactivite(request))
        if VERROU in session:
            return self._devant_le_verrou(request, maintenant)
        if maintenant - derniere > PRECISION and not en_fond(request):
            session[ACTIVITE] = maintenant
            UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=timezone.now())
        return None

    def _devant_le_verrou(self, request: HttpRequest, maintenant: int) -> HttpResponse | None:
        if maintenant - int(request.session[VERROU]) > DEVERROUILLABLE:
            return self._finir(request)
        libres = {reverse("accounts:verrouille"), reverse("accounts:deconnexion")}
        if request.path in libres or request.path.startswith(settings.STATIC_URL):
            return None
        if not en_fond(request) and (page := reprise.page_de(request)):
            request.session["apres_verrou"] = page
        self._dire_non_parti(request)
        return redirect("accounts:verrouille")

    @staticmethod
    def _dire_non_parti(request: HttpRequest) -> None:
        """What a person sent from a closed screen was not taken: its page comes back, as the draft last held it."""
        siens = {reverse("accounts:masquer"), reverse("accounts:prolonger")}
        if request.method != "GET" and request.path not in siens and not en_fond(request):
            messages.warning(request, NON_PARTI)

    @staticmethod
    def _finir(request: HttpRequest) -> HttpResponse:
        """To the sign-in page; the same person will come back to the page it was on, and nobody else."""
        page = request.session.get("apres_verrou") or reprise.page_de(request)
        proprietaire = request.user
        if isinstance(proprietaire, User):
            temoigner(proprietaire)
        clore(request)
        SessionBornee._dire_non_parti(request)
        response = redirect("accounts:connexion")
        reprise.retenir(response, proprietaire, page)
        return response
