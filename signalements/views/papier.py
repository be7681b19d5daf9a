"""« Saisi d’après un formulaire papier » : the number and the hour of the paper, on a draft."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from convention.requete import Requete
from dossiers.forms import PapierForm
from dossiers.reprise import phrase, reprendre, reprise_de
from signalements.papier import CODE
from signalements.policies import peut_ecrire
from signalements.views.acces import lire_comme_auteur
from transitions.workflow import TransitionRefusee


@require_http_methods(["GET", "POST"])
def papier(request: Requete, cle: UUID) -> HttpResponse:
    lu = lire_comme_auteur(request, cle)
    verdict = peut_ecrire(lu.dossier, request.acteur)
    if not verdict:
        raise PermissionDenied(verdict.raison)
    deja = reprise_de(lu.dossier)
    initial = {"numero": deja.numero, "rempli_le": deja.rempli_le} if deja else None
    form = PapierForm(request.POST or None, initial=initial, formulaire=CODE)
    if request.method == "POST" and form.is_valid():
        try:
            reprise = reprendre(dossier=lu.dossier, acteur=request.acteur, formulaire=CODE, **form.cleaned_data)
        except TransitionRefusee as refus:
            form.add_error("numero", str(refus))
        else:
            messages.success(request, f"Origine enregistrée. {phrase(reprise)}")
            return redirect("signalements:dossier", cle=cle)
    return render(request, "signalements/papier.html", {"lu": lu, "form": form})
