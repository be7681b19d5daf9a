"""The traces of « Que faire ? »: opened from a conclusion, read and decided by their author only."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from convention.requete import Requete
from documents import coffre
from fiches import consultation as verbes
from fiches import policies
from fiches.arbre import modele
from fiches.arbre.parcours import ParcoursInconnu, Position, suivre
from fiches.conseil import conseiller
from fiches.documents import trace_de
from fiches.forms_que_faire import DecisionForm, DemandeAvisForm, TraceForm
from fiches.models import ConsultationSecret, VersionFiche
from fiches.views.que_faire import avec_arbre
from journal.carnet import noter
from transitions.workflow import TransitionRefusee

LIMITE = 100


@require_POST
def ouvrir(request: Requete, numero: int) -> HttpResponse:
    """Keep the answers and their result; a form that came back in error starts again from the conclusion."""
    formulaire = TraceForm(request.POST)
    version = avec_arbre().filter(fiche__numero=numero).first()
    if version is None:
        raise Http404
    if not (verdict := policies.peut_consulter(version, request.acteur)):
        raise PermissionDenied(verdict.raison)
    if not formulaire.is_valid():
        messages.error(request, "Choisissez qui demande et sur quoi, puis gardez la trace.")
        return redirect("fiches:parcours", numero=numero)
    saisi = formulaire.cleaned_data
    position = _position(version, saisi)
    if position is None or position.conclusion is None:
        messages.error(request, "La fiche a changé pendant que vous répondiez. Répondez à nouveau.")
        return redirect("fiches:parcours", numero=numero)
    conseil = conseiller(version, position.conclusion, request.acteur, saisi["p"])
    trace = verbes.ouvrir(
        version=version,
        position=position,
        croisement=conseil.croisement,
        profession=conseil.profession,
        demandeur_type=saisi["demandeur_type"],
        question_type=saisi["question_type"],
        acteur=request.acteur,
    )
    messages.success(request, "La trace est gardée. Vous seul la lisez.")
    return redirect("fiches:consultation", cle=trace.cle)


def _position(version: VersionFiche, saisi: dict[str, Any]) -> Position | None:
    arbre = modele.lire(version.contenu["arbre"])
    if arbre is None or saisi["v"] != version.numero:
        return None
    try:
        return suivre(arbre, saisi["r"])
    except ParcoursInconnu:
        return None


@require_GET
def liste(request: Requete) -> HttpResponse:
    """One's own traces, most recent first."""
    lignes = _miennes(request)[: LIMITE + 1]
    contexte = {
        "lignes": [(ligne, verbes.WORKFLOW.etats[ligne.etat]) for ligne in lignes[:LIMITE]],
        "limite": LIMITE if len(lignes) > LIMITE else 0,
    }
    return render(request, "fiches/consultations.html", contexte)


def _miennes(request: Requete) -> Any:
    return ConsultationSecret.objects.filter(ouverte_par_id=request.acteur.utilisateur_id).select_related(
        "version_fiche__fiche__thematique__convention__etablissement", "base"
    )


def consultation(request: Requete, cle: uuid.UUID) -> HttpResponse:
    """The trace, and what may still be noted on it."""
    trace = get_object_or_404(_miennes(request), cle=cle)
    geste = request.POST.get("geste", "")
    avis = DemandeAvisForm(request.POST if geste == "demander_avis" else None)
    decision = DecisionForm(
        request.POST if geste == "decider" else None, avec_avis=trace.etat == ConsultationSecret.Etat.AVIS_DEMANDE
    )
    if request.method == "POST":
        if geste not in verbes.WORKFLOW.transitions:
            raise Http404
        formulaire = {"demander_avis": avis, "decider": decision}.get(geste)
        if formulaire is None or formulaire.is_valid():
            _avancer(request, trace, geste, formulaire.cleaned_data if formulaire else {})
            return redirect("fiches:consultation", cle=cle)
    contexte = {
        "trace": trace,
        "etat": verbes.WORKFLOW.etats[trace.etat],
        "possibles": {t.nom for t, verdict in verbes.WORKFLOW.disponibles(trace, request.acteur) if verdict},
        "avis": avis,
        "decision": decision,
    }
    return render(request, "fiches/consultation.html", contexte)


def _avancer(request: Requete, trace: ConsultationSecret, geste: str, saisi: dict[str, Any]) -> None:
    acteur = request.acteur
    try:
        if geste == "demander_avis":
            verbes.demander_avis(consultation=trace, acteur=acteur, aupres=saisi["aupres"])
            messages.success(request, "C’est noté. Posez la question sans identité ; un rappel viendra dans 48 heures.")
        elif geste == "decider":
            recu = bool(saisi.get("avis_recu"))
            verbes.decider(
                consultation=trace, acteur=acteur, decision=saisi["decision"], motif=saisi["motif"], avis_recu=recu
            )
            messages.success(request, "Votre décision est notée. Vous pouvez imprimer la trace.")
        else:
            verbes.clore(consultation=trace, acteur=acteur)
            messages.success(request, "La trace est close.")
    except TransitionRefusee as refus:
        messages.error(request, str(refus))


@require_POST
def pdf(request: Requete, cle: uuid.UUID) -> HttpResponse:
    """The trace on paper, as it stands now."""
    trace = get_object_or_404(_miennes(request), cle=cle)
    document = trace_de(trace, request.acteur)
    noter(
        "telecharger",
        acteur=request.acteur,
        objet="consultation",
        cle=trace.cle,
        details={"document": str(document.cle)},
    )
    return HttpResponse(
        coffre.lire_document(document),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{trace.reference.lower()}.pdf"'},
    )
