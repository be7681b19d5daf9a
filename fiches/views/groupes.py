"""The working groups: who prepares the sheets of each theme."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from convention.requete import Requete
from fiches import groupes, policies
from fiches.forms_versions import MembreForm
from fiches.models import MembreGroupe, Thematique
from transitions.workflow import TransitionRefusee


@require_GET
def page(request: Requete) -> HttpResponse:
    return _page(request)


def _page(request: Requete, saisi: tuple[Thematique, MembreForm] | None = None) -> HttpResponse:
    """Every group, with a form for who composes it; the one given is a form that came back in error."""
    lignes = []
    for groupe in groupes.groupes(request.acteur):
        formulaire = None
        if policies.peut_composer(groupe.thematique, request.acteur):
            formulaire = MembreForm(auto_id=f"{groupe.thematique.code}_%s")
        if saisi and saisi[0] == groupe.thematique:
            formulaire = saisi[1]
        lignes.append((groupe, formulaire))
    contexte = {"groupes": lignes, "en_erreur": saisi[1] if saisi else None}
    return render(request, "fiches/groupes.html", contexte)


@require_POST
def ajouter(request: Requete, thematique: int) -> HttpResponse:
    theme = get_object_or_404(groupes.themes_de(request.acteur), pk=thematique)
    formulaire = MembreForm(request.POST, auto_id=f"{theme.code}_%s")
    if formulaire.is_valid():
        try:
            membre = groupes.ajouter(
                thematique=theme, acteur=request.acteur, courriel=formulaire.cleaned_data["courriel"]
            )
        except TransitionRefusee as refus:
            formulaire.add_error("courriel", str(refus))
        else:
            messages.success(request, f"{membre.utilisateur} rejoint le groupe.")
            return redirect("fiches:groupes")
    return _page(request, (theme, formulaire))


@require_POST
def retirer(request: Requete, membre: int) -> HttpResponse:
    ligne = get_object_or_404(MembreGroupe, pk=membre, thematique__in=groupes.themes_de(request.acteur))
    try:
        groupes.retirer(membre=ligne, acteur=request.acteur)
        messages.success(request, "Cette personne ne fait plus partie du groupe. Ses remarques restent.")
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return redirect("fiches:groupes")
