"""Reading a version, checking what was understood, and the map of what is read."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from convention.requete import Requete
from fiches import accuses
from fiches import carte as cartes
from fiches import contenu as contenus
from fiches.controle import ControleForm
from fiches.lecture import en_vigueur, pour
from fiches.models import VersionFiche
from fiches.policies import peut_voir_version
from transitions.workflow import TransitionRefusee


def _version(request: Requete, numero: int, version: str) -> VersionFiche:
    choisie = get_object_or_404(
        VersionFiche.objects.select_related("fiche__thematique__convention"),
        pour(request.acteur),
        fiche__numero=numero,
        numero=version,
    )
    if not peut_voir_version(choisie, request.acteur):
        raise Http404
    return choisie


@require_POST
def accuser(request: Requete, numero: int, version: str) -> HttpResponse:
    """« J’ai lu cette version »: the address names the version that was on screen."""
    choisie = _version(request, numero, version)
    try:
        accuses.accuser(version=choisie, acteur=request.acteur)
        messages.success(request, f"Votre lecture de la version {choisie.numero} est enregistrée.")
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return redirect("fiches:fiche", numero=numero)


def verifier(request: Requete, numero: int, version: str) -> HttpResponse:
    """Two questions. A wrong answer shows the passage and leaves no trace, not even in the journal."""
    choisie = _version(request, numero, version)
    questions = contenus.lire(choisie.contenu).controle
    if not questions:
        raise Http404
    verdict = accuses.peut_accuser(choisie, request.acteur)
    if not verdict:
        raise PermissionDenied(verdict.raison)
    form = ControleForm(request.POST if request.method == "POST" else None, questions=questions)
    if request.method == "POST":
        request.sans_trace = True
        if form.is_valid():
            accuses.attester(version=choisie, acteur=request.acteur)
            messages.success(request, "Les deux réponses sont justes. Votre lecture est enregistrée et vérifiée.")
            return redirect("fiches:fiche", numero=numero)
    contexte = {"version": choisie, "fiche": choisie.fiche, "form": form}
    return render(request, "fiches/verifier.html", contexte)


@require_GET
def carte(request: Requete) -> HttpResponse:
    """Services × sheets, in shares: nobody is named, whoever looks."""
    verdict = cartes.peut_voir_carte(request.acteur)
    if not verdict:
        raise PermissionDenied(verdict.raison)
    return render(
        request,
        "fiches/lectures.html",
        {"carte": cartes.carte(request.acteur, en_vigueur().filter(pour(request.acteur)))},
    )
