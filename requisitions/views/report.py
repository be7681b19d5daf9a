"""Postponing an answer that cannot be given in time."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from convention.requete import Requete
from requisitions.forms.report import ReportForm
from requisitions.report import en_cours, peut_reporter
from requisitions.views.commun import decision, ouvrir, permettre, reussit
from requisitions.workflow import reporter


def report(request: Requete, cle: UUID) -> HttpResponse:
    dossier, _ = ouvrir(request, cle)
    permettre(peut_reporter(dossier, request.acteur))
    form = ReportForm(request.POST or None, type_acte=dossier.variante, attendue=en_cours(dossier))
    if request.method == "POST" and reussit(
        form, lambda: reporter(dossier=dossier, acteur=request.acteur, **form.cleaned_data)
    ):
        messages.success(request, "La réponse est reportée. Le requérant est prévenu, avec le motif.")
        return redirect("requisitions:dossier", cle=cle)
    return decision(request, dossier, form, "Reporter la réponse", "Reporter la réponse")
