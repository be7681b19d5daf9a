"""Signing in through a provider, linking one's identity there, and the provider's own farewell."""

import time
from collections.abc import Callable
from functools import wraps
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from accounts import reprise
from accounts.elevation import eleve
from accounts.federation import echange, identites
from accounts.federation.fournisseurs import Fournisseur, fournisseurs
from accounts.federation.reseau import Refus
from accounts.identite import entrer
from accounts.models import User
from accounts.sessions import PARTAGE, PERSONNEL, POSTE

A_RELIER = "federation_a_relier"
Vue = Callable[[HttpRequest, Fournisseur], HttpResponse]


def _ouverte(methode: str) -> Callable[[Vue], Callable[[HttpRequest, str], HttpResponse]]:
    """A view of a configured provider: without one, the address does not exist."""

    def decorer(vue: Vue) -> Callable[[HttpRequest, str], HttpResponse]:
        @wraps(vue)
        def gardee(request: HttpRequest, fournisseur: str) -> HttpResponse:
            configure = fournisseurs().get(fournisseur)
            if configure is None:
                raise Http404
            if methode and request.method != methode:
                return HttpResponseNotAllowed([methode])
            return vue(request, configure)

        return gardee

    return decorer


@sensitive_post_parameters("password")
@_ouverte("POST")
def partir(request: HttpRequest, fournisseur: Fournisseur) -> HttpResponse:
    suite = reprise.sure(request, request.POST.get("next", ""))
    if request.user.is_authenticated:
        return redirect(suite or settings.LOGIN_REDIRECT_URL)
    poste = PERSONNEL if request.POST.get("poste") == PERSONNEL else PARTAGE
    try:
        adresse = echange.partir(request, fournisseur, pour=None, poste=poste, suite=suite)
    except Refus as refus:
        return _refuser(request, fournisseur, refus)
    request.resultat = "fait"  # type: ignore[attr-defined]  # read by the journal
    return redirect(adresse)


@_ouverte("GET")
def retour(request: HttpRequest, fournisseur: Fournisseur) -> HttpResponse:
    """Signs in, or brings back the identity to link: the departure said which."""
    attendu = echange.ALLER in request.session
    try:
        aller, preuve = echange.revenir(request, fournisseur)
        if aller["pour"] != (request.user.pk if request.user.is_authenticated else None):
            raise Refus("La session a changé pendant cette connexion. Recommencez.")
        if aller["pour"]:
            request.session[A_RELIER] = [
                *(fournisseur.nom, aller["pour"], preuve.emetteur, preuve.sujet, int(time.time())),
            ]
            return redirect("accounts:federation_relier", fournisseur.nom)
        utilisateur = identites.titulaire(fournisseur, preuve)
    except Refus as refus:
        if attendu:
            request.resultat = "refuse"  # type: ignore[attr-defined]
        return _refuser(request, fournisseur, refus)
    request.resultat = "fait"  # type: ignore[attr-defined]
    request.session[POSTE] = aller["poste"]
    return entrer(request, utilisateur, aller["suite"], preuve)


def _refuser(request: HttpRequest, fournisseur: Fournisseur, refus: Refus) -> HttpResponse:
    return render(request, "accounts/federation_refus.html", {"fournisseur": fournisseur, "phrase": str(refus)})


@_ouverte("POST")
def fermeture(request: HttpRequest, fournisseur: Fournisseur) -> HttpResponse:
    """Back-channel logout, sent by the provider itself: no browser, no session; the signed token is the proof."""
    try:
        identites.fermer(fournisseur, request.POST.get("logout_token", ""))
    except Refus:
        return JsonResponse({"error": "invalid_request"}, status=400)
    request.resultat = "fait"  # type: ignore[attr-defined]
    return HttpResponse()


def _exige(vue: Vue) -> Vue:
    return cast(Vue, eleve(vue))


@_ouverte("")
@_exige
def relier(request: HttpRequest, fournisseur: Fournisseur) -> HttpResponse:
    """Departure, then confirmation of the identity that came back; nothing is linked by a mere return."""
    utilisateur = cast(User, request.user)
    revenue = request.session.get(A_RELIER)
    if revenue and (revenue[:2] != [fournisseur.nom, utilisateur.pk] or time.time() - revenue[4] > echange.DUREE):
        revenue = None
    if request.method != "POST":
        page = render(request, "accounts/federation_relier.html", {"fournisseur": fournisseur})
        return page if revenue else redirect("accounts:compte")
    try:
        if request.POST.get("geste") != "confirmer":
            return redirect(echange.partir(request, fournisseur, pour=utilisateur.pk))
        request.session.pop(A_RELIER, None)
        if not revenue:
            raise Refus("Cette demande n’est plus en cours. Recommencez depuis « Mon compte ».")
        identites.relier(fournisseur, utilisateur, emetteur=revenue[2], sujet=revenue[3])
    except Refus as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, f"Votre identité {fournisseur.titre} est reliée. Elle ouvre maintenant ce compte.")
    return redirect("accounts:compte")


@_ouverte("POST")
@_exige
def delier(request: HttpRequest, fournisseur: Fournisseur) -> HttpResponse:
    try:
        identites.delier(fournisseur, cast(User, request.user))
    except Refus as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, f"Votre identité {fournisseur.titre} n’ouvre plus ce compte.")
    return redirect("accounts:compte")
