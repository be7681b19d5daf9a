"""The papers that legal affairs hand over inside the hospital."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from convention.requete import Requete
from dossiers.models import Dossier
from presentation.formulaires import Formulaire
from requisitions.forms import AttestationForm, NoteAuServiceForm
from requisitions.lecture import titre
from requisitions.models import Seance
from requisitions.policies import peut_controler
from requisitions.views.commun import ouvrir, permettre, reussit
from requisitions.workflow import attester_la_presence, noter_au_service


def attestation(request: Requete, cle: UUID) -> HttpResponse:
    dossier, _ = ouvrir(request, cle)
    permettre(peut_controler(dossier, request.acteur))
    form = AttestationForm(request.POST or None, initial=_heures(dossier))
    if request.method == "POST" and reussit(
        form, lambda: attester_la_presence(dossier=dossier, acteur=request.acteur, **form.cleaned_data)
    ):
        messages.success(request, "L’attestation est au dossier. Imprimez-la et remettez-la au professionnel.")
        return redirect("requisitions:dossier", cle=cle)
    return _page(request, dossier, form, "Attestation de présence", "Établir l’attestation")


def note(request: Requete, cle: UUID) -> HttpResponse:
    dossier, _ = ouvrir(request, cle)
    permettre(peut_controler(dossier, request.acteur))
    form = NoteAuServiceForm(request.POST or None)
    if request.method == "POST" and reussit(
        form, lambda: noter_au_service(dossier=dossier, acteur=request.acteur, **form.cleaned_data)
    ):
        messages.success(request, "La note est au dossier. Imprimez-la et remettez-la au chef de service.")
        return redirect("requisitions:dossier", cle=cle)
    return _page(request, dossier, form, "Note interne au service", "Établir la note")


def _heures(dossier: Dossier) -> dict[str, datetime]:
    """The hours of the last session held, else that of the appointment."""
    tenue = dossier.seances.filter(issue=Seance.Issue.REALISEE).last()
    if tenue is not None:
        return {"debut": timezone.localtime(tenue.debut), "fin": timezone.localtime(tenue.fin)}
    prevue = dossier.seances.last()
    return {"debut": timezone.localtime(prevue.prevue_pour)} if prevue else {}


def _page(request: Requete, dossier: Dossier, form: Formulaire, intitule: str, bouton: str) -> HttpResponse:
    contexte = {
        "dossier": dossier,
        "form": form,
        "titre_acte": titre(dossier),
        "intitule": intitule,
        "bouton": bouton,
        "danger": False,
        "demande": None,
    }
    return render(request, "requisitions/decision.html", contexte)
