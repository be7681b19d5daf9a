"""Closing a demand that nobody put right: the letter is read before it leaves."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from convention.requete import Requete
from requisitions.documents import mots_du_classement
from requisitions.lecture import titre
from requisitions.policies import peut_classer
from requisitions.views.commun import ouvrir, permettre
from requisitions.workflow import classer, peut_etre_classee, sans_reponse
from requisitions.workflow.classement import examen_du
from transitions.workflow import TransitionRefusee


def classement(request: Requete, cle: UUID) -> HttpResponse:
    dossier, r = ouvrir(request, cle)
    permettre(peut_classer(dossier, request.acteur))
    if request.method == "POST":
        try:
            classer(dossier=dossier, acteur=request.acteur, empechement=request.POST.get("empechement", "")[:300])
            messages.success(request, "La réquisition est classée. Lettre au requérant, copie au parquet.")
        except TransitionRefusee as refus:
            messages.warning(request, str(refus))
        return redirect("requisitions:dossier", cle=cle)
    demande = sans_reponse(dossier)
    if demande is None:
        messages.warning(request, peut_etre_classee(demande).raison)
        return redirect("requisitions:dossier", cle=cle)
    contexte = {
        **mots_du_classement(dossier, r, demande),
        "dossier": dossier,
        "titre_acte": titre(dossier),
        "verdict": peut_etre_classee(demande),
        "examen_du": examen_du(dossier),
    }
    return render(request, "requisitions/classement.html", contexte)
