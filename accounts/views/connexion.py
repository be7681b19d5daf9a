"""Signing in, locking, unlocking, proving again, leaving."""

from allauth.account.stages import LoginStageController
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts import elevation, facteurs, reprise
from accounts.demonstration import comptes_demo
from accounts.federation import echange
from accounts.federation.fournisseurs import fournisseurs
from accounts.forms import ConnexionForm, PreuveForm, RepriseForm
from accounts.identite import SecondFacteur, entrer
from accounts.models import User
from accounts.sessions import POSTE, clore, deverrouillable_jusqu_a, deverrouiller, verrouiller


@sensitive_post_parameters("password")
def connexion(request: HttpRequest) -> HttpResponse:
    suite = reprise.sure(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.user.is_authenticated:
        return redirect(suite or settings.LOGIN_REDIRECT_URL)
    form = ConnexionForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid() and form.utilisateur:
        request.session[POSTE] = form.cleaned_data["poste"]
        request.resultat = "fait"  # type: ignore[attr-defined]  # read by the journal
        return entrer(request, form.utilisateur, suite)
    contexte = {
        "form": form,
        "next": suite,
        "second_facteur": not settings.MODE_DEMONSTRATION,
        "fournisseurs": fournisseurs().values(),
        "comptes_demo": comptes_demo() if settings.MODE_DEMONSTRATION else [],
    }
    return render(request, "accounts/connexion.html", contexte)


@sensitive_post_parameters()
def code(request: HttpRequest) -> HttpResponse:
    """The second factor; nothing but this page is open between the two."""
    etape = LoginStageController.enter(request, SecondFacteur.key)
    if not isinstance(etape, SecondFacteur) or etape.titulaire is None:
        return redirect("accounts:connexion")
    utilisateur = etape.titulaire
    form = PreuveForm(request.POST or None, request=request, utilisateur=utilisateur)
    if request.method == "POST" and form.is_valid():
        facteurs.marquer(request, utilisateur)
        suite: HttpResponse = etape.exit()
        return suite
    secours = "secours" in request.GET
    contexte = {"form": form, "secours": secours, "options": _options(utilisateur, secours)}
    return render(request, "accounts/code.html", contexte)


def _options(utilisateur: User, secours: bool = False) -> str:
    return facteurs.defi(utilisateur) if facteurs.en_a_une_cle(utilisateur) and not secours else ""


class Deconnexion(LogoutView):
    """The browser forgets what it kept of this site, then leaves the provider that opened the session."""

    next_page = "accounts:connexion"

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:  # type: ignore[override]
        sortie = echange.sortie(request)
        clore(request)
        response = super().post(request, *args, **kwargs)
        if sortie:
            response.headers["Location"] = sortie
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


@require_POST
def masquer(request: HttpRequest) -> HttpResponse:
    """Lock at once; the page to come back to is the one that was masked."""
    verrouiller(request)
    if retour := reprise.sure(request, request.headers.get("referer", "")):
        request.session["apres_verrou"] = retour
    return redirect("accounts:verrouille")


@sensitive_post_parameters()
def verrouille(request: HttpRequest) -> HttpResponse:
    verrouiller(request)
    form = RepriseForm(request.POST or None, user=request.user, session=request.session.session_key or "")
    if request.method == "POST" and form.is_valid():
        deverrouiller(request)
        return redirect(request.session.pop("apres_verrou", "accueil:racine"))
    if form.epuise:
        page, titulaire = request.session.get("apres_verrou", ""), request.user
        clore(request)
        messages.warning(request, "Trois essais sans succès\u00a0: reconnectez-vous. Votre travail est enregistré.")
        response = redirect("accounts:connexion")
        reprise.retenir(response, titulaire, page)
        return response
    request.resultat = "refuse" if form.is_bound else "fait"  # type: ignore[attr-defined]
    contexte = {"form": form, "jusqu_a": deverrouillable_jusqu_a(request)}
    return render(request, "accounts/verrouille.html", contexte)


@require_POST
def prolonger(request: HttpRequest) -> HttpResponse:
    """« Rester connecté »: counts as activity."""
    deverrouiller(request)
    return HttpResponse(status=204)


@sensitive_post_parameters()
def elever(request: HttpRequest) -> HttpResponse:
    """Step-up: the second factor, or the password of a person who has none yet."""
    suite = reprise.sure(request, request.POST.get("next") or request.GET.get("next", ""))
    utilisateur = request.user
    if not isinstance(utilisateur, User):
        return redirect("accounts:connexion")
    a_un_facteur = facteurs.en_a_un(utilisateur)
    form = PreuveForm(request.POST or None, request=request, utilisateur=utilisateur, par_mot_de_passe=not a_un_facteur)
    if request.method == "POST" and form.is_valid():
        if a_un_facteur:
            facteurs.marquer(request, utilisateur)
        elevation.elever(request)
        messages.success(request, "Identité confirmée pour 5\u00a0minutes.")
        return redirect(suite or "accounts:compte")
    request.resultat = "refuse" if form.is_bound else "fait"  # type: ignore[attr-defined]
    options = _options(utilisateur) if a_un_facteur else ""
    return render(request, "accounts/elever.html", {"form": form, "next": suite, "options": options})
