"""« Saisi d’après un formulaire papier » : the number and the hour of the paper, on a draft of either letter."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from convention.requete import Requete
from dossiers.forms import PapierForm
from dossiers.models import Dossier
from dossiers.reprise import phrase, reprendre, reprise_de
from signalements.papier import CODE
from signalements.policies import peut_ecrire
from signalements.views.acces import lire_comme_auteur
from signalements.voies import Voie
from transitions.verdict import Verdict
from transitions.workflow import TransitionRefusee


@require_http_methods(["GET", "POST"])
def papier(request: Requete, cle: UUID) -> HttpResponse:
    lu = lire_comme_auteur(request, cle)
    verdict, retour = peut_ecrire(lu.dossier, request.acteur), reverse("signalements:dossier", args=[cle])
    return saisir_l_origine(request, lu.dossier, lu.voie, verdict, formulaire=CODE, retour=retour)


def saisir_l_origine(
    request: Requete, dossier: Dossier, voie: Voie, verdict: Verdict, *, formulaire: str, retour: str
) -> HttpResponse:
    """`retour`: where the copying goes on."""
    if not verdict:
        raise PermissionDenied(verdict.raison)
    deja = reprise_de(dossier)
    initial = {"numero": deja.numero, "rempli_le": deja.rempli_le} if deja else None
    form = PapierForm(request.POST or None, initial=initial, formulaire=formulaire)
    if request.method == "POST" and form.is_valid():
        try:
            reprise = reprendre(dossier=dossier, acteur=request.acteur, formulaire=formulaire, **form.cleaned_data)
        except TransitionRefusee as refus:
            form.add_error("numero", str(refus))
        else:
            messages.success(request, f"Origine enregistrée. {phrase(reprise)}")
            return redirect(retour)
    return render(request, "signalements/papier.html", {"voie": voie, "retour": retour, "form": form})
