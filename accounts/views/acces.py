"""Opening an account, or finding one's password again. Neither opens a session without its second factor."""

import uuid

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from accounts import appareils, frein
from accounts.courriels import expedier
from accounts.forms import MotDePasseForm, OubliForm
from accounts.identite import adresse_ip, entrer
from accounts.jetons import GENRES
from accounts.models import User
from accounts.sessions import fermer_toutes

JETON = "jeton"


def oubli(request: HttpRequest) -> HttpResponse:
    """The answer is the same whoever asks, whatever the address."""
    form = OubliForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        request.resultat = "fait"  # type: ignore[attr-defined]  # read by the journal
        courriel = form.cleaned_data["courriel"].strip().lower()
        permis = frein.essayer(f"oubli:{courriel}", frein.DEMANDE).permis
        permis &= frein.essayer(f"oubli:{adresse_ip(request)}", frein.ADRESSE).permis
        utilisateur = User.objects.filter(courriel=courriel, is_active=True).first()
        if permis and utilisateur and utilisateur.has_usable_password():
            expedier("oubli", utilisateur)
        return render(request, "accounts/oubli_envoye.html")
    return render(request, "accounts/oubli.html", {"form": form})


def lien(request: HttpRequest, cle: uuid.UUID, jeton: str, genre: str) -> HttpResponse:
    """Take the token out of the address at once: neither the history nor a referrer keeps it."""
    utilisateur = User.objects.filter(cle=cle).first()
    if not GENRES[genre].check_token(utilisateur, jeton):
        return render(request, "accounts/lien_perime.html", {"genre": genre})
    request.session[JETON] = [genre, str(cle), jeton]
    return redirect("accounts:nouveau_mot_de_passe")


@sensitive_post_parameters()
def nouveau_mot_de_passe(request: HttpRequest) -> HttpResponse:
    genre, cle, jeton = request.session.get(JETON) or ("oubli", uuid.UUID(int=0), "")
    with transaction.atomic():
        utilisateur = User.objects.select_for_update().filter(cle=cle, is_active=True).first()
        if utilisateur is None or not GENRES[genre].check_token(utilisateur, jeton):
            request.session.pop(JETON, None)
            return render(request, "accounts/lien_perime.html", {"genre": genre})
        form = MotDePasseForm(request.POST or None, utilisateur=utilisateur)
        if request.method != "POST" or not form.is_valid():
            return render(request, "accounts/nouveau_mot_de_passe.html", {"form": form, "genre": genre})
        changer_mot_de_passe(utilisateur, form.cleaned_data["mot_de_passe"])
    del request.session[JETON]
    request.resultat = "fait"  # type: ignore[attr-defined]
    if genre != "oubli":
        return entrer(request, utilisateur)
    messages.success(request, "Votre mot de passe est changé. Connectez-vous avec le nouveau.")
    response = redirect("accounts:connexion")
    appareils.reconnaitre(request, response, utilisateur)
    return response


def changer_mot_de_passe(utilisateur: User, mot_de_passe: str) -> None:
    """Every session of the person ends, its second factor stays, and it is told."""
    utilisateur.set_password(mot_de_passe)
    utilisateur.save(update_fields=["password"])
    fermer_toutes(utilisateur=utilisateur)
    expedier("mot_de_passe", utilisateur)
