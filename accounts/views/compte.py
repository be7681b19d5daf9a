"""One's own account: preferences, personal code, password, sessions."""

from typing import cast

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts import code_personnel as codes
from accounts import facteurs
from accounts.elevation import eleve
from accounts.federation.fournisseurs import fournisseurs
from accounts.federation.identites import reliee
from accounts.forms import CodePersonnelForm, CompteForm, MotDePasseForm
from accounts.models import User
from accounts.sessions import clore, fermer_toutes
from accounts.views.acces import changer_mot_de_passe


def compte(request: HttpRequest) -> HttpResponse:
    utilisateur = cast(User, request.user)
    form = CompteForm(request.POST or None, instance=utilisateur)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Vos préférences sont enregistrées.")
        return redirect("accounts:compte")
    contexte = {
        "form": form,
        "a_un_facteur": facteurs.en_a_un(utilisateur),
        "nb_codes": len(facteurs.codes_restants(utilisateur)),
        "identites": [(fournisseur, reliee(fournisseur, utilisateur)) for fournisseur in fournisseurs().values()],
        "sessions": sorted(UserSession.objects.filter(user=utilisateur), key=lambda session: session.created_at),
    }
    return render(request, "accounts/compte.html", contexte)


@eleve
@sensitive_post_parameters()
def code_personnel(request: HttpRequest) -> HttpResponse:
    utilisateur = cast(User, request.user)
    if request.method == "POST" and request.POST.get("geste") == "retirer":
        codes.choisir(utilisateur, "")
        messages.success(request, "Votre code personnel est retiré. Votre mot de passe déverrouille l’écran.")
        return redirect("accounts:compte")
    form = CodePersonnelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        codes.choisir(utilisateur, form.cleaned_data["code"])
        messages.success(request, "Votre code personnel est enregistré. Il déverrouille votre écran masqué.")
        return redirect("accounts:compte")
    return render(request, "accounts/code_personnel.html", {"form": form})


@eleve
@sensitive_post_parameters()
def mot_de_passe(request: HttpRequest) -> HttpResponse:
    utilisateur = cast(User, request.user)
    form = MotDePasseForm(request.POST or None, utilisateur=utilisateur)
    if request.method == "POST" and form.is_valid():
        changer_mot_de_passe(utilisateur, form.cleaned_data["mot_de_passe"])
        _rester(request, utilisateur)
        messages.success(request, "Votre mot de passe est changé. Vos autres sessions sont fermées.")
        return redirect("accounts:compte")
    return render(request, "accounts/mot_de_passe.html", {"form": form})


def _rester(request: HttpRequest, utilisateur: User) -> None:
    """The session that acted goes on, under a new key."""
    update_session_auth_hash(request, utilisateur)
    UserSession.objects.create_from_request(request)


@require_POST
def fermer_session(request: HttpRequest, numero: int) -> HttpResponse:
    """End one of one's own sessions, by its number in the list."""
    session = get_object_or_404(UserSession, pk=numero, user=request.user)
    if session.session_key == request.session.session_key:
        clore(request)
        return redirect("accounts:connexion")
    session.end()
    messages.success(request, "Cette session est fermée.")
    return redirect("accounts:compte")


@require_POST
def fermer_sessions(request: HttpRequest) -> HttpResponse:
    """« Tout fermer »: this session as well."""
    fermer_toutes(utilisateur=cast(User, request.user))
    clore(request)
    messages.success(request, "Toutes vos sessions sont fermées. Connectez-vous pour reprendre.")
    return redirect("accounts:connexion")
