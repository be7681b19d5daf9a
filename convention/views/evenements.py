"""The events of a convention: their places, their stands, and how these are registered."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from convention import manifestations, regles_programme
from convention.forms_programme import StandForm
from convention.lecture_programme import NON_PRECISE, etapes_de, lire_manifestation, manifestations_de
from convention.models import Institution, Manifestation, Stand
from convention.requete import Requete
from convention.textes import articles_de
from convention.views.consultation import convention_ou_404
from transitions.workflow import TransitionRefusee


def evenement_ou_404(request: Requete, code: str, nom: str) -> Manifestation:
    trouve = lire_manifestation(convention_ou_404(request, code), nom)
    if trouve is None:
        raise Http404
    return trouve


@require_GET
def liste(request: Requete, code: str) -> HttpResponse:
    """Every event, where it went and who took part."""
    lue = convention_ou_404(request, code)
    lus = manifestations_de(lue)
    if not lus:
        raise Http404
    contexte = {"convention": lue, "evenements": lus, "mention": articles_de(lue).mention}
    return render(request, "convention/evenements.html", contexte)


@require_GET
def page(request: Requete, code: str, evenement: str) -> HttpResponse:
    """One event: places, figures announced, stands registered, partners."""
    return _page(request, evenement_ou_404(request, code, evenement))


def _formulaire(lu: Manifestation, request: Requete, rang: int, donnees: Any = None) -> StandForm:
    inscriptibles = regles_programme.institutions_inscriptibles(lu, request.acteur)
    return StandForm(
        donnees,
        prefix=f"e{rang}",
        institutions=Institution.objects.filter(pk__in=inscriptibles).order_by("nom"),
        pour_tous=bool(regles_programme.tient(lu, request.acteur)),
    )


def _page(request: Requete, lu: Manifestation, fautif: StandForm | None = None) -> HttpResponse:
    inscrire = regles_programme.peut_inscrire(lu, request.acteur)
    etapes = []
    for ligne in etapes_de(lu):
        retraits = [(stand, _retrait(stand, ligne.etape, lu, request)) for stand in ligne.stands]
        vierge = _formulaire(lu, request, ligne.etape.ordre) if inscrire else None
        repris = fautif if fautif and vierge and fautif.prefix == vierge.prefix else vierge
        etapes.append((ligne, retraits, repris))
    contexte = {
        "convention": lu.convention,
        "evenement": lu,
        "etapes": etapes,
        "inscrire": inscrire,
        "non_precise": NON_PRECISE,
    }
    return render(request, "convention/evenement.html", contexte)


def _retrait(stand: Stand, etape: Any, lu: Manifestation, request: Requete) -> bool:
    stand.etape, etape.manifestation = etape, lu
    return bool(regles_programme.peut_retirer(stand, request.acteur))


@require_POST
def inscrire(request: Requete, code: str, evenement: str, rang: int) -> HttpResponse:
    """Register a stand in one place of the event."""
    lu = evenement_ou_404(request, code, evenement)
    etape = get_object_or_404(lu.etapes, ordre=rang)
    verdict = regles_programme.peut_inscrire(lu, request.acteur)
    if not verdict:
        raise PermissionDenied(verdict.raison)
    form = _formulaire(lu, request, rang, request.POST)
    if form.is_valid():
        saisi = {"structure": "", **form.cleaned_data}
        try:
            manifestations.inscrire_stand(etape=etape, acteur=request.acteur, **saisi)
        except TransitionRefusee as refus:
            form.add_error("intitule", str(refus))
        else:
            messages.success(request, f"Le stand est inscrit à {etape.commune}.")
            return redirect("convention:evenement", code=code, evenement=evenement)
    return _page(request, lu, form)


@require_POST
def retirer(request: Requete, code: str, stand: UUID) -> HttpResponse:
    """Take a stand off the list; its row stays."""
    lue = convention_ou_404(request, code)
    stands = Stand.objects.select_related("etape__manifestation__convention")
    trouve = get_object_or_404(stands, cle=stand, etape__manifestation__convention=lue)
    verdict = regles_programme.peut_retirer(trouve, request.acteur)
    if not verdict:
        raise PermissionDenied(verdict.raison)
    try:
        manifestations.retirer_stand(stand=trouve, acteur=request.acteur)
        messages.success(request, "Le stand est retiré de la liste.")
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return redirect("convention:evenement", code=code, evenement=trouve.etape.manifestation.code)
