"""The yearly review of rights, page by page, and its list."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.elevation import eleve
from convention import policies, revue
from convention.models import Institution, LigneRevue, RevueDroits
from convention.personnes import institutions_lues
from convention.quatre_yeux import ApprobationRefusee
from convention.requete import Requete
from convention.views.comptes import INTERDIT
from journal.carnet import noter

TAILLE = 50


def _maison(request: Requete, code: str) -> Institution:
    lues = institutions_lues(request.acteur)
    if not lues.exists():
        raise PermissionDenied(INTERDIT)
    return get_object_or_404(lues, code=code)


@require_GET
def page(request: Requete, code: str) -> HttpResponse:
    """Each right of the house, those to review first, fifty at a time."""
    institution = _maison(request, code)
    derniere = RevueDroits.objects.filter(institution=institution).first()
    lignes: Any = LigneRevue.objects.none()
    if derniere is not None:
        lignes = derniere.lignes.select_related(
            "rattachement__utilisateur", "rattachement__service", "decidee_par"
        ).order_by("decision", "rattachement__utilisateur__nom", "rattachement__utilisateur__prenom", "pk")
    contexte = {
        "institution": institution,
        "revue": derniere,
        "lignes": lignes[:TAILLE],
        "restent": lignes.filter(decision="").count(),
        "total": lignes.count(),
        "due": revue.est_due(institution.pk),
        "gere": institution.pk in policies.gere(request.acteur),
    }
    return render(request, "convention/revue.html", contexte)


@require_POST
@eleve
def agir(request: Requete, code: str) -> HttpResponse:
    """Open the review of the year, or close it."""
    institution = _maison(request, code)
    try:
        if request.POST.get("geste") == "clore":
            ouverte = get_object_or_404(RevueDroits, institution=institution, close_le=None)
            revue.clore(revue=ouverte, acteur=request.acteur)
            messages.success(request, "La revue des droits est close.")
        else:
            revue.ouvrir(institution=institution, acteur=request.acteur)
    except ApprobationRefusee as refus:
        messages.error(request, str(refus))
    return redirect("convention:revue", code=code)


@require_POST
@eleve
def decider(request: Requete, code: str, numero: int) -> HttpResponse:
    """Confirm or end one right."""
    institution = _maison(request, code)
    ligne = get_object_or_404(LigneRevue, revue__institution=institution, pk=numero)
    fin = request.POST.get("geste") == "terminer"
    decision = LigneRevue.Decision.TERMINE if fin else LigneRevue.Decision.CONFIRME
    try:
        revue.decider(ligne=ligne, decision=decision, acteur=request.acteur)
    except ApprobationRefusee as refus:
        messages.error(request, str(refus))
    return redirect("convention:revue", code=code)


@require_GET
@eleve
def export(request: Requete, code: str) -> HttpResponse:
    """The list as a table for a spreadsheet."""
    institution = _maison(request, code)
    derniere = RevueDroits.objects.filter(institution=institution).first()
    if derniere is None:
        messages.error(request, "Aucune revue n’a été ouverte\u00a0: ouvrez-la d’abord.")
        return redirect("convention:revue", code=code)
    noter("exporter", objet="revue", cle=derniere.cle, acteur=request.acteur)
    return HttpResponse(
        revue.en_csv(derniere),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="revue-des-droits-{derniere.annee}.csv"'},
    )
