"""Before a planned seizure: what the archives and the doctor responsible read, and what the archives answer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from convention.requete import Requete
from dossiers.models import Dossier
from dossiers.participations import marquer_lu
from requisitions import lecture
from requisitions.forms.preparation import PreparationForm, PrevenirForm
from requisitions.lecture.consignes import consigne
from requisitions.models import Convocation
from requisitions.policies import peut_controler, peut_instruire
from requisitions.saisie.preparation import (
    OUVERTE,
    medecins_prevenus,
    peut_dire_la_preparation,
    peut_lire_la_preparation,
    preparation_de,
)
from requisitions.views.commun import ouvrir, permettre, reussit
from requisitions.views.dossier import personne
from requisitions.workflow import medecins_possibles, noter_preparation, prevenir_medecin


def preparation(request: Requete, cle: UUID) -> HttpResponse:
    """`geste`: `noter` what was found and copied, `prevenir` a doctor."""
    dossier, _ = ouvrir(request, cle)
    acteur = request.acteur
    permettre(peut_lire_la_preparation(dossier, acteur))
    marquer_lu(dossier=dossier, acteur=acteur)
    dite, geste = preparation_de(dossier), request.POST.get("geste", "")
    deja = {nom: getattr(dite, nom) for nom in ("trouve", "ancien", "copie", "precision")} if dite else None
    form = PreparationForm(request.POST if geste == "noter" else None, initial=deja)
    prevenir = _prevenir(request, dossier, geste)
    if geste == "noter" and reussit(
        form, lambda: noter_preparation(dossier=dossier, acteur=acteur, **form.cleaned_data)
    ):
        messages.success(request, "C’est noté. Les affaires juridiques sont prévenues.")
        return redirect("requisitions:preparation", cle=cle)
    if (
        geste == "prevenir"
        and prevenir
        and reussit(prevenir, lambda: prevenir_medecin(dossier=dossier, acteur=acteur, **prevenir.cleaned_data))
    ):
        messages.success(request, "Le médecin est prévenu.")
        return redirect("requisitions:preparation", cle=cle)
    return render(
        request, "requisitions/preparation.html", {**_contexte(request, dossier), "form": form, "prevenir": prevenir}
    )


def _prevenir(request: Requete, dossier: Dossier, geste: str) -> PrevenirForm | None:
    if dossier.etat not in OUVERTE or not peut_controler(dossier, request.acteur):
        return None
    return PrevenirForm(request.POST if geste == "prevenir" else None, medecins=medecins_possibles(dossier))


def _contexte(request: Requete, dossier: Dossier) -> dict[str, Any]:
    acteur = request.acteur
    return {
        "dossier": dossier,
        "titre_acte": lecture.titre(dossier),
        "etat": lecture.etat_lu(dossier, acteur),
        "demande": consigne(dossier.requisition, acteur)[1],
        "convocation": Convocation.objects.filter(dossier=dossier).first(),
        "preparation": preparation_de(dossier),
        "ouvert": peut_dire_la_preparation(dossier, acteur),
        "legal": peut_instruire(dossier, acteur),
        "prevenus": medecins_prevenus(dossier),
        **personne(request, dossier),
    }
