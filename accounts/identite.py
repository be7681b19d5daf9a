"""allauth's pipeline as this house wants it: closed sign-up, our addresses, a second stage that nothing skips.

Every way in (password, invitation, a provider) ends in `AdaptateurCompte.post_login`, and passes `SecondFacteur` first.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.core import context
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import appareils, facteurs, mots_de_passe, reprise, sessions
from accounts.elevation import elever
from accounts.federation import echange
from accounts.models import User


class SecondFacteur(AuthenticateStage):
    """Between the password and the session, whenever the person has a factor; no browser is ever trusted instead."""

    urlname = "accounts:code"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        if self.login.user is None:
            return None, True
        if echange.a_prouve_deux_facteurs(self.request, self.login.user.pk):
            facteurs.marquer(self.request, self.login.user)
            return None, True
        if not facteurs.en_a_un(self.login.user):
            return None, True
        self.login.state["empreinte"] = self.login.user.get_session_auth_hash()
        return redirect(self.urlname), True

    def abort(self) -> HttpResponse:
        clear_login(self.request)
        return redirect(settings.LOGIN_URL)

    @property
    def titulaire(self) -> User | None:
        """Whose second factor is awaited; nobody once the account was suspended or its password changed."""
        utilisateur = self.login.user
        if not isinstance(utilisateur, User) or not utilisateur.is_active:
            return None
        return utilisateur if self.login.state.get("empreinte") == utilisateur.get_session_auth_hash() else None


class AdaptateurCompte(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        return ["accounts.identite.SecondFacteur"]

    def is_safe_url(self, url: str | None) -> bool:
        hote = {context.request.get_host()}
        return url_has_allowed_host_and_scheme(url, hote, require_https=context.request.is_secure())

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our views say what happened."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Our own e-mails go through the outbox."""

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        clear_login(request)
        return redirect(settings.LOGIN_URL)

    def clean_password(self, password: str, user: Any = None) -> str:
        mots_de_passe.valider(password, user)
        return password

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        sessions.ouvrir(request, user)
        # A provider may answer for a proof made hours ago: only what was typed here is fresh.
        if self._a_prouve_ici(request, user):
            elever(request)
        page = reprise.reprendre(request, response, user)
        if page and not kwargs.get("redirect_url"):
            response["Location"] = page
        appareils.reconnaitre(request, response, user)
        return response

    @staticmethod
    def _a_prouve_ici(request: HttpRequest, user: Any) -> bool:
        if echange.SEANCE not in request.session:
            return facteurs.est_marque(request) or not facteurs.en_a_un(user)
        return facteurs.est_marque(request) and not echange.a_prouve_deux_facteurs(request, user.pk)


def entrer(
    request: HttpRequest, utilisateur: User, suite: str = "", preuve: echange.Preuve | None = None
) -> HttpResponse:
    """First factor proved: to the second one, or into the session when the person has none yet."""
    clear_login(request)
    echange.retenir(request, preuve, utilisateur.pk)
    record_authentication(request, utilisateur, method="socialaccount" if preuve else "password")
    response: HttpResponse = perform_login(request, Login(user=utilisateur, redirect_url=suite or None))
    return response


def adresse_ip(request: HttpRequest) -> str:
    """The client's address, read behind the number of proxies that the settings trust."""
    return str(AdaptateurCompte(request).get_client_ip(request))
