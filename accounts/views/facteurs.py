"""Adding and removing one's second factors, always just after a proof of identity."""

from typing import cast

import segno
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts import facteurs
from accounts.elevation import eleve
from accounts.forms import ApplicationForm, CleForm
from accounts.models import User


def liste(request: HttpRequest) -> HttpResponse:
    """The factors of a person; the whole product waits here for the first one, outside a demonstration."""
    utilisateur = cast(User, request.user)
    siens = Authenticator.objects.filter(user=utilisateur).exclude(type=facteurs.Type.RECOVERY_CODES).order_by("pk")
    contexte = {
        "lignes": siens,
        "application": any(ligne.type == facteurs.Type.TOTP for ligne in siens),
        "nb_codes": len(facteurs.codes_restants(utilisateur)),
        "peut_retirer": facteurs.peut_retirer(utilisateur),
        "a_enroler": not siens and not settings.MODE_DEMONSTRATION,
    }
    return render(request, "accounts/facteurs.html", contexte)


@eleve
@sensitive_post_parameters()
def application(request: HttpRequest) -> HttpResponse:
    utilisateur = cast(User, request.user)
    form = ApplicationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if facteurs.ajouter_application(request, utilisateur, form.cleaned_data["code"]):
            return _ensuite(request, "Votre application de codes est enregistrée.")
        form.add_error("code", "Ce code ne correspond pas. Vérifiez l’heure du téléphone, puis entrez le code affiché.")
    secret = facteurs.graine(request)
    adresse = get_adapter().build_totp_url(utilisateur, secret)
    contexte = {
        "form": form,
        "qr": segno.make(adresse, micro=False).svg_data_uri(scale=5),
        "secret": [secret[i : i + 4] for i in range(0, len(secret), 4)],
    }
    return render(request, "accounts/application.html", contexte)


@eleve
def cle(request: HttpRequest) -> HttpResponse:
    utilisateur = cast(User, request.user)
    form = CleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if facteurs.ajouter_cle(request, utilisateur, form.cleaned_data["nom"], form.cleaned_data["cle"]):
            return _ensuite(request, "Votre clé de sécurité est enregistrée.")
        form.add_error(None, "Cette clé n’a pas pu être vérifiée. Rebranchez-la, puis recommencez.")
    return render(request, "accounts/cle.html", {"form": form, "options": facteurs.creation(utilisateur)})


def _ensuite(request: HttpRequest, message: str) -> HttpResponse:
    messages.success(request, message)
    return redirect("accounts:codes_secours" if request.session.get(facteurs.A_MONTRER) else "accounts:facteurs")


@require_POST
@eleve
def retirer(request: HttpRequest, numero: int) -> HttpResponse:
    utilisateur = cast(User, request.user)
    possibles = Authenticator.objects.filter(user=utilisateur).exclude(type=facteurs.Type.RECOVERY_CODES)
    if facteurs.retirer(utilisateur, get_object_or_404(possibles, pk=numero)):
        messages.success(request, "Ce moyen de vérification est retiré.")
    else:
        messages.error(request, "C’est votre dernier moyen de vérification. Ajoutez-en un autre avant de le retirer.")
    return redirect("accounts:facteurs")


@eleve
def codes_secours(request: HttpRequest) -> HttpResponse:
    """Shown once, when they have just been drawn."""
    utilisateur = cast(User, request.user)
    if not facteurs.en_a_un(utilisateur):
        messages.error(request, "Ajoutez d’abord une application de codes ou une clé de sécurité.")
        return redirect("accounts:facteurs")
    if request.method == "POST":
        if request.POST.get("geste") == "renouveler":
            facteurs.renouveler_codes(request, utilisateur)
            return redirect("accounts:codes_secours")
        request.session.pop(facteurs.A_MONTRER, None)
        return redirect(settings.LOGIN_REDIRECT_URL)
    restants = facteurs.codes_restants(utilisateur)
    contexte = {
        "codes": restants if request.session.get(facteurs.A_MONTRER) else [],
        "nb_codes": len(restants),
    }
    return render(request, "accounts/codes_secours.html", contexte)
