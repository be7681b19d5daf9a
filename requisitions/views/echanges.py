"""Writing to the other side of a requisition."""

import uuid
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from convention.requete import Requete
from requisitions import lecture
from requisitions.forms.echanges import MessageForm
from requisitions.policies import est_requerant, peut_echanger
from requisitions.views.commun import ouvrir, permettre, reussit
from requisitions.workflow.echanges import ecrire


def message(request: Requete, cle: UUID) -> HttpResponse:
    dossier, _ = ouvrir(request, cle)
    permettre(peut_echanger(dossier, request.acteur))
    form = MessageForm(request.POST or None, initial={"cle": uuid.uuid4()})
    if request.method == "POST" and reussit(
        form, lambda: ecrire(dossier=dossier, acteur=request.acteur, **form.cleaned_data)
    ):
        messages.success(request, "Le message est envoyé.")
        return redirect("requisitions:dossier", cle=cle)
    vers = "à l’hôpital" if est_requerant(dossier, request.acteur) else "au service requérant"
    contexte = {
        "dossier": dossier,
        "form": form,
        "intitule": f"Écrire {vers}",
        "bouton": "Envoyer",
        "titre_acte": lecture.titre(dossier),
        "danger": False,
        "demande": None,
    }
    return render(request, "requisitions/decision.html", contexte)
