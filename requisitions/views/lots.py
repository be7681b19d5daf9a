"""Acts on several lines of the worklist, and the hand-over of the night."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from convention.acteur import Acteur
from convention.requete import Requete
from dossiers.echeances import derniere_fermeture
from dossiers.models import Dossier
from requisitions.etats import PAR_ETAT
from requisitions.forms.lots import ReleveForm
from requisitions.policies import peut_passer_la_releve, peut_traiter_en_lot
from requisitions.types_acte import libelles
from requisitions.views.commun import permettre, reussit
from requisitions.workflow.lots import GESTES, a_relever, passer_la_releve, traiter


@require_POST
def plusieurs(request: Requete) -> HttpResponse:
    acteur = request.acteur
    permettre(peut_traiter_en_lot(acteur))
    geste = request.POST.get("geste", "")
    cles = {cle for cle in map(_cle, request.POST.getlist("dossier")) if cle}
    if not cles or geste not in GESTES:
        messages.warning(request, "Cochez au moins une réquisition, puis recommencez.")
        return redirect("requisitions:file")
    faits, refus = traiter(dossiers=_visibles(acteur).filter(cle__in=cles), acteur=acteur, geste=geste)
    for raison in refus:
        messages.warning(request, raison)
    if faits:
        messages.success(request, f"{GESTES[geste]} pour {faits} réquisition{'s' if faits > 1 else ''}.")
    return redirect("requisitions:file")


def releve(request: Requete) -> HttpResponse:
    """What came while legal affairs were away and is still open: one note, and they have it."""
    acteur = request.acteur
    permettre(peut_passer_la_releve(acteur))
    recues = a_relever(_visibles(acteur), timezone.now())
    form = ReleveForm(request.POST or None)
    if request.method == "POST" and reussit(
        form, lambda: passer_la_releve(dossiers=recues, acteur=acteur, **form.cleaned_data)
    ):
        messages.success(request, "La relève est passée. Les affaires juridiques sont prévenues.")
        return redirect("requisitions:file")
    actes = libelles()
    lignes = [
        {"dossier": dossier, "acte": actes.get(dossier.variante, ""), "etat": PAR_ETAT[dossier.etat]}
        for dossier in recues
    ]
    return render(
        request,
        "requisitions/releve.html",
        {"form": form, "lignes": lignes, "depuis": derniere_fermeture(timezone.now())},
    )


def _visibles(acteur: Acteur) -> QuerySet[Dossier]:
    return Dossier.objects.visibles_par(acteur).filter(nature="REQUISITION").order_by("transmis_le", "pk")


def _cle(valeur: str) -> UUID | None:
    try:
        return UUID(valeur)
    except ValueError:
        return None
