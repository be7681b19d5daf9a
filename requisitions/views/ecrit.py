"""Joining the signed act of an oral demand."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from convention.requete import Requete
from requisitions.ecrit import peut_joindre_l_ecrit
from requisitions.forms import EcritForm
from requisitions.lecture import titre
from requisitions.views.commun import ouvrir, permettre, reussit
from requisitions.workflow import joindre_l_ecrit


def ecrit(request: Requete, cle: UUID) -> HttpResponse:
    dossier, _ = ouvrir(request, cle)
    permettre(peut_joindre_l_ecrit(dossier, request.acteur))
    form = EcritForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and reussit(
        form, lambda: joindre_l_ecrit(dossier=dossier, acteur=request.acteur, fichier=form.cleaned_data["fichier"])
    ):
        messages.success(request, "L’écrit est joint. La demande est confirmée.")
        return redirect("requisitions:dossier", cle=cle)
    contexte = {
        "dossier": dossier,
        "form": form,
        "intitule": "Joindre l’écrit",
        "bouton": "Joindre l’écrit",
        "titre_acte": titre(dossier),
        "danger": False,
        "demande": None,
    }
    return render(request, "requisitions/decision.html", contexte)
