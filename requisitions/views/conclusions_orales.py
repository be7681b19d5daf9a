"""Conclusions given by word of mouth in an emergency; the written paper stays due."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from convention.requete import Requete
from requisitions.adresses import adresse
from requisitions.conclusions_orales import peut_conclure_oralement
from requisitions.forms.conclusions_orales import ConclusionOraleForm
from requisitions.views.commun import decision, ouvrir, permettre, reussit
from requisitions.workflow import conclure_oralement

FAIT = "C’est noté. L’écrit reste à remettre\u00a0: le délai court toujours."


def conclusions_orales(request: Requete, cle: UUID) -> HttpResponse:
    dossier, _ = ouvrir(request, cle)
    permettre(peut_conclure_oralement(dossier, request.acteur))
    form = ConclusionOraleForm(request.POST or None, dossier=dossier)
    if request.method == "POST" and reussit(
        form, lambda: conclure_oralement(dossier=dossier, acteur=request.acteur, **form.cleaned_data)
    ):
        messages.success(request, FAIT)
        return redirect(adresse(dossier, request.acteur))
    intitule = "Conclusions données oralement"
    return decision(request, dossier, form, intitule, "Noter l’appel", "requisitions/conclusions_orales.html")
