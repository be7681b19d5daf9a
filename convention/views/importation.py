"""A spreadsheet, what it would change, then everything or nothing."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from convention.forms_annuaire import Confirmation, Fichier
from convention.importation import ImportRefuse, apercu, appliquer, deposer, ouvert
from convention.requete import Requete
from convention.views.annuaire import importe
from documents.tableurs import TAILLE_MAXIMUM
from documents.televersement import televersement_jusqu_a

MONTREES = 200  # of the faults; what will change is always shown whole


def _exiger(request: Requete) -> None:
    if not importe(request):
        raise PermissionDenied("L’import se fait par qui tient l’annuaire ou un tableau de permanence.")


@televersement_jusqu_a(TAILLE_MAXIMUM)
@require_http_methods(["GET", "POST"])
def importer(request: Requete) -> HttpResponse:
    """Choose the file; a fault of its shape is said beside the field, and nothing is kept."""
    _exiger(request)
    form = Fichier(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            depot = deposer(
                genre=form.cleaned_data["genre"], octets=form.cleaned_data["fichier"].read(), acteur=request.acteur
            )
        except ImportRefuse as refus:
            form.add_error("fichier", str(refus))
        else:
            return redirect("convention:apercu", depot=depot.cle)
    return render(request, "convention/importer.html", {"form": form})


@require_http_methods(["GET", "POST"])
def relire(request: Requete, depot: UUID) -> HttpResponse:
    """Exactly what will change; confirming writes it all, a second time changes nothing."""
    _exiger(request)
    trouve = ouvert(depot, request.acteur)
    if trouve is None:
        raise Http404
    if request.method == "POST":
        form = Confirmation(request.POST)
        try:
            if not form.is_valid():
                raise ImportRefuse("Relisez l’aperçu, puis confirmez.")
            fait = appliquer(depot=trouve, empreinte=form.cleaned_data["empreinte"], acteur=request.acteur)
        except ImportRefuse as refus:
            messages.error(request, str(refus))
            return redirect("convention:apercu", depot=depot)
        messages.success(request, f"Import enregistré. Lignes changées\u00a0: {fait.changements}.")
        return redirect("convention:annuaire")
    if trouve.applique_le:
        return render(request, "convention/apercu.html", {"depot": trouve, "plan": None})
    plan = apercu(depot=trouve, acteur=request.acteur)
    fautes = plan.fautes
    contexte = {
        "depot": trouve,
        "plan": plan,
        "comptes": {str(statut): nombre for statut, nombre in plan.comptes.items()},
        "lignes": fautes[:MONTREES] or plan.utiles,
        "reste": max(len(fautes) - MONTREES, 0),
        "form": Confirmation(initial={"empreinte": plan.empreinte}),
    }
    return render(request, "convention/apercu.html", contexte)
