"""The refusal of two persons: legal affairs read the letter and propose it, the direction reads it and signs."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.roles import Role
from convention.acteur import Acteur
from convention.gardes import appels
from convention.requete import Requete
from dossiers.models import Dossier
from requisitions import lecture
from requisitions.circuit import DIRECTION, service
from requisitions.documents import mots_du_refus
from requisitions.forms import PropositionForm, RefusForm, RenvoiForm
from requisitions.lettres import motifs
from requisitions.policies import peut_proposer_refus, peut_refuser
from requisitions.refus import en_attente, renvoye
from requisitions.views.commun import ouvrir, permettre, reussit
from requisitions.workflow import (
    peut_viser,
    points_bloquants,
    proposer_refus,
    refuser,
    renvoyer_refus,
    retirer_refus,
)
from requisitions.workflow.refus import CHANGEE


def refus(request: Requete, cle: UUID) -> HttpResponse:
    """The proposal: its letter is read before it goes up to the direction."""
    dossier, r = ouvrir(request, cle)
    permettre(peut_proposer_refus(dossier, request.acteur))
    if en_attente(dossier):
        return redirect("requisitions:visa", cle=cle)
    retour = renvoye(dossier)
    constats = points_bloquants(dossier, r)[0]
    initial = {"motif": motifs.refus(constats), "texte": motifs.texte(constats)}
    if retour:
        initial = {"motif": retour.motif, "texte": retour.texte}
    form = RefusForm(request.POST or None, initial=initial, type_acte=dossier.variante)
    lire = request.POST.get("geste") == "lire"
    proposer = request.method == "POST" and not lire
    if proposer and reussit(form, lambda: proposer_refus(dossier=dossier, acteur=request.acteur, **form.cleaned_data)):
        messages.success(request, "Refus proposé à la direction. Rien ne part avant son visa.")
        return redirect("requisitions:dossier", cle=cle)
    contexte = {
        "dossier": dossier,
        "titre_acte": lecture.titre(dossier),
        "form": form,
        "retour": retour,
        "mots": mots_du_refus(dossier, r, **form.cleaned_data) if lire and form.is_valid() else None,
    }
    return render(request, "requisitions/refus.html", contexte)


def visa(request: Requete, cle: UUID) -> HttpResponse:
    """The letter as it would leave, and the two answers of the direction."""
    dossier, r = ouvrir(request, cle)
    acteur = request.acteur
    permettre(peut_refuser(dossier, acteur) or peut_proposer_refus(dossier, acteur))
    propose = en_attente(dossier)
    if propose is None:
        messages.warning(request, CHANGEE)
        return redirect("requisitions:dossier", cle=cle)
    geste, lue = request.POST.get("geste", ""), {"proposition": propose.cle}
    visee = PropositionForm(request.POST if geste == "viser" else None, initial=lue, auto_id="visa_%s")
    renvoi = RenvoiForm(request.POST if geste == "renvoyer" else None, initial=lue)
    if geste == "viser" and reussit(visee, lambda: refuser(dossier=dossier, acteur=acteur, **visee.cleaned_data)):
        messages.success(request, "Refus visé et envoyé au requérant, copie au parquet.")
        return redirect("requisitions:dossier", cle=cle)
    if geste == "renvoyer" and reussit(
        renvoi, lambda: renvoyer_refus(dossier=dossier, acteur=acteur, **renvoi.cleaned_data)
    ):
        messages.success(request, "Refus renvoyé aux affaires juridiques, avec votre mot.")
        return redirect("requisitions:dossier", cle=cle)
    contexte = {
        "dossier": dossier,
        "titre_acte": lecture.titre(dossier),
        "visee": visee,
        "renvoi": renvoi,
        "mots": mots_du_refus(dossier, r, propose.motif, propose.texte),
        "demande": lecture.demande(r, lecture.lettre_pour(r, acteur)),
        **_du_visa(dossier, acteur),
    }
    return render(request, "requisitions/visa.html", contexte)


@require_POST
def retrait(request: Requete, cle: UUID) -> HttpResponse:
    dossier, _ = ouvrir(request, cle)
    permettre(peut_proposer_refus(dossier, request.acteur))
    form = PropositionForm(request.POST)
    if reussit(form, lambda: retirer_refus(dossier=dossier, acteur=request.acteur, **form.cleaned_data)):
        messages.success(request, "Proposition retirée. La direction est prévenue, l’instruction reprend.")
    else:
        messages.warning(request, CHANGEE)
    return redirect("requisitions:dossier", cle=cle)


def bloc_du_refus(dossier: Dossier, acteur: Acteur) -> dict[str, Any]:
    """What the page of the case says of a refusal that waits, or that came back."""
    return {**_du_visa(dossier, acteur), "refus_renvoye": renvoye(dossier)}


def _du_visa(dossier: Dossier, acteur: Acteur) -> dict[str, Any]:
    propose = en_attente(dossier)
    return {
        "refus_propose": propose,
        "peut_viser": peut_viser(propose, acteur) if propose else None,
        "peut_retirer": bool(propose and peut_proposer_refus(dossier, acteur)),
        "appels_direction": appels(service(DIRECTION))[:2] if propose and not acteur.a(Role.DIRECTION) else [],
    }
