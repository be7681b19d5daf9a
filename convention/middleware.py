"""One transaction per request: the actor, the page, then the journal as its last statement."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from accounts.models import User
from convention.acteur import acteur_de
from convention.lecture import canal_de, classe_de_motif
from convention.remise import cle_de, est_une_remise, remettre
from convention.requete import Requete
from documents.impression import RenduImpossible
from journal.carnet import Contexte, JournalIndisponible, carnet, noter
from notifications.portee import lire_pour

# The product speaks no other verb, whatever the address and whoever asks.
METHODES = ("GET", "HEAD", "POST")
# Where a sign-in ends, or fails.
CONNEXIONS = {settings.LOGIN_URL, "accounts:code", "accounts:federation_retour"}


class RequeteTracee:
    """Innermost middleware. An exception rolls the request back; the refusal is journalled on its own."""

    def __init__(self, get_response: Callable[[Requete], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Requete) -> HttpResponse:
        if request.method not in METHODES:
            return HttpResponseNotAllowed(METHODES)
        try:
            return self._tracer(request)
        except JournalIndisponible:  # nothing was written, and nothing is shown
            response = render(None, "503.html", status=503)
            response["Retry-After"] = "30"
            return response

    def _tracer(self, request: Requete) -> HttpResponse:
        acteur = acteur_de(request.user) if request.user.is_authenticated else None
        request.acteur, request.echec = acteur, None
        contexte = Contexte("web", request.META.get("REMOTE_ADDR", ""), classe_de_motif(acteur))
        with transaction.atomic(), carnet(acteur, contexte) as entrees:
            lire_pour(acteur.utilisateur_id if acteur else None, acteur.groupes if acteur else ())
            response = self.get_response(request)
            if request.echec is not None or response.status_code >= 400:
                transaction.set_rollback(True)
                entrees.clear()
            elif acteur or est_une_remise(response):
                remise = remettre(request, response)
                self._noter(request, getattr(request, "resultat", "fait"), canal_de(request, response), remise)
            elif request.method == "POST" or hasattr(request, "resultat"):
                self._noter_visiteur(request)
        if acteur and response.status_code >= 400:
            with transaction.atomic(), carnet(acteur, contexte):
                resultat = "introuvable" if response.status_code == 404 else "refuse"
                self._noter(request, resultat, canal_de(request))
        return response

    def process_exception(self, request: Requete, exception: Exception) -> HttpResponse | None:
        request.echec = exception
        if isinstance(exception, RenduImpossible):
            return render(None, "rendu_impossible.html", {"raison": str(exception)}, status=503)
        return None

    @staticmethod
    def _noter_visiteur(request: Requete) -> None:
        """What a visitor without account posts, or a return from a provider: a sign-in, or an act turned away to it."""
        vue = request.resolver_match.view_name if request.resolver_match else ""
        entre, avance = request.user.is_authenticated, getattr(request, "resultat", "refuse") == "fait"
        # Between the two factors nobody is signed in yet: the first one is an act, the end of the way is the sign-in.
        connexion = vue in CONNEXIONS and (entre or not avance)
        noter(
            "se_connecter" if connexion else "agir",
            objet=vue,
            resultat="fait" if entre or avance else "refuse",
            acteur=acteur_de(request.user) if entre else None,
        )

    @staticmethod
    def _noter(request: Requete, resultat: str, canal: str, remise: Mapping[str, Any] | None = None) -> None:
        vue = request.resolver_match
        # A draft kept every five seconds leaves no line of its own; turned away, it does.
        if vue is None or (resultat == "fait" and not remise and getattr(request, "sans_trace", False)):
            return
        action = "lire" if request.method in {"GET", "HEAD"} else "agir"
        noter(
            action,
            objet=vue.view_name or "",
            cle=cle_de(request, remise["remise"]) if remise else vue.kwargs.get("cle"),
            resultat=resultat,
            canal=canal,
            acteur=request.acteur,
            details=remise,
        )


def noter_fin_de_session(utilisateur: User) -> None:
    """A session that the clock ended, before any page was served."""
    with transaction.atomic():
        noter("agir", objet="accounts:fin_de_session", acteur=acteur_de(utilisateur))
