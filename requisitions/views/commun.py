"""What every page of a case starts with, and how a verb's refusal comes back to its form."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from convention.acteur import Acteur
from convention.requete import Requete
from dossiers.classes import Classe, recoit
from dossiers.models import Dossier
from requisitions.adresses import page_de_preparation
from requisitions.lecture import titre
from requisitions.models import Requisition
from requisitions.types_acte import type_acte
from requisitions.workflow import WORKFLOW
from transitions.verdict import Verdict
from transitions.workflow import TransitionRefusee


def ouvrir(request: Requete, cle: UUID) -> tuple[Dossier, Requisition]:
    """The case and its letter, or 404 exactly as if it did not exist."""
    visibles = Dossier.objects.visibles_par(request.acteur).filter(nature="REQUISITION")
    dossier = get_object_or_404(
        visibles.select_related(
            "requisition__service_requerant__institution",
            "requisition__ligne_decision",
            "gel__service",
            "service_emetteur",
            "fiche_version__fiche",
        ),
        cle=cle,
    )
    dossier.requisition.dossier = dossier
    return dossier, dossier.requisition


def classes_lues(acteur: Acteur) -> frozenset[Classe]:
    """The classes of fields that this reader receives."""
    return frozenset(classe for classe in Classe if recoit(acteur.roles, classe))


def a_verser(dossier: Dossier, acteur: Acteur) -> bool:
    """Whether this person may bring, now, the pieces of an answer made by hand."""
    return type_acte(dossier.variante).manuel and bool(WORKFLOW.verdict("preparer_reponse", dossier, acteur))


def a_preparer(dossier: Dossier, acteur: Acteur) -> str:
    """The address where an executing service writes its answer, as `url` names it; empty when it is not theirs now."""
    acte = type_acte(dossier.variante)
    permis = (acte.manuel or acte.chaine) and bool(WORKFLOW.verdict("preparer_reponse", dossier, acteur))
    return f"requisitions:{page_de_preparation(dossier)}" if permis else ""


def permettre(verdict: Verdict) -> None:
    """Visible but forbidden: 403 with its reason."""
    if not verdict:
        raise PermissionDenied(verdict.raison)


def reussit(form: forms.Form, verbe: Callable[[], Any]) -> bool:
    """Run a verb for a valid form; its French refusal stands beside the field it is about, else on top of the page."""
    if not form.is_valid():
        return False
    try:
        verbe()
    except TransitionRefusee as refus:
        form.add_error(refus.champ if refus.champ in form.fields else None, str(refus))
        return False
    return True


def decision(
    request: Requete,
    dossier: Dossier,
    form: forms.Form,
    intitule: str,
    bouton: str,
    gabarit: str = "requisitions/decision.html",
    **plus: object,
) -> HttpResponse:
    """The page of one grave act: its form, its button, and how to go back. `plus`: `danger`, `demande`."""
    contexte = {
        "dossier": dossier,
        "form": form,
        "intitule": intitule,
        "bouton": bouton,
        "titre_acte": titre(dossier),
        "danger": False,
        "demande": None,
        **plus,
    }
    return render(request, gabarit, contexte)
