"""What ages in the sheets: expired articles, sheets not reviewed for a year; the référente says that she did."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from convention.requete import Requete
from fiches import peremption, policies
from fiches.lecture import en_vigueur, pour
from fiches.models import VersionFiche
from transitions.workflow import TransitionRefusee


@require_GET
def rapport(request: Requete) -> HttpResponse:
    """Every reader of the sheets may see it; the button is the référente's."""
    lignes = peremption.etats(timezone.localdate(), en_vigueur().filter(pour(request.acteur)))
    contexte = {
        "expirees": [ligne for ligne in lignes if ligne.expirees],
        "a_relire": [
            (ligne.version, policies.peut_relire(ligne.version, request.acteur)) for ligne in lignes if ligne.a_relire
        ],
        "bientot": [ligne for ligne in lignes if ligne.bientot],
        "peut": any(policies.peut_relire(ligne.version, request.acteur) for ligne in lignes),
    }
    return render(request, "fiches/references.html", contexte)


@require_POST
def relire(request: Requete, numero: int, version: str) -> HttpResponse:
    """« Vérifiée aujourd’hui »."""
    objet = get_object_or_404(
        VersionFiche.objects.select_related("fiche__thematique__convention").exclude(effet_le=None),
        pour(request.acteur),
        fiche__numero=numero,
        numero=version,
    )
    try:
        peremption.relire(version=objet, acteur=request.acteur)
        messages.success(request, f"La fiche {numero} est vérifiée aujourd’hui.")
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return redirect("fiches:references")
