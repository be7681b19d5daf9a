"""Taking over, in the unit, what a colleague followed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from convention.requete import Requete
from requisitions.policies import peut_reprendre_le_suivi
from requisitions.views.commun import ouvrir, permettre
from requisitions.workflow import reprendre_le_suivi
from transitions.workflow import TransitionRefusee


@require_POST
def reprendre(request: Requete, cle: UUID) -> HttpResponse:
    dossier, _ = ouvrir(request, cle)
    permettre(peut_reprendre_le_suivi(dossier, request.acteur))
    try:
        reprendre_le_suivi(dossier=dossier, acteur=request.acteur)
        messages.success(request, "Vous suivez cette réquisition. Le collègue qui la suivait est prévenu.")
    except TransitionRefusee as refus:
        messages.warning(request, str(refus))
    return redirect("requisitions:ouvrir", cle=cle)
