"""The pages of the yearly review. Figures are of every partner at once, so the role alone opens them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from bilans.forms import CommentaireForm
from bilans.indicateurs import CHAPITRES, INDICATEURS, periode
from bilans.models import BilanAnnuel, Export, bilan_de
from bilans.policies import peut_commenter, peut_exporter, peut_lire
from bilans.presentation import EN_VUE, chapitres, vue_d_ensemble
from bilans.reunions import peut_lire_reunions
from bilans.tableur import en_csv
from bilans.tasks import releves_de
from bilans.workflow import (
    WORKFLOW,
    demander_export,
    emporter_tableur,
    geler,
    relancer_export,
    rendre_public,
    valider,
)
from bilans.workflow import commenter as ecrire_commentaire
from convention.acteur import Acteur
from convention.requete import Requete
from documents.coffre import lire_document
from documents.envoi import servir_octets
from documents.tableurs import TYPE_CSV
from journal.carnet import noter
from transitions.workflow import TransitionRefusee

PREMIERE_ANNEE = 2025
VERBES = {"geler": geler, "valider": valider, "publier": rendre_public}
UN_MOIS = timedelta(days=31)


def _bilan(request: Requete, annee: int) -> BilanAnnuel:
    """The review of a year that exists, for a reader who may."""
    verdict = peut_lire(request.acteur)
    if not verdict:
        raise PermissionDenied(verdict.raison)
    bilan = bilan_de(annee) if PREMIERE_ANNEE <= annee <= timezone.localdate().year else None
    if bilan is None:
        raise Http404
    return bilan


@require_GET
def courant(request: Requete) -> HttpResponse:
    return redirect("bilans:bilan", timezone.localdate().year)


@require_GET
def bilan(request: Requete, annee: int) -> HttpResponse:
    return _page(request, _bilan(request, annee))


def _page(request: Requete, bilan: BilanAnnuel, form: CommentaireForm | None = None, refus: str = "") -> HttpResponse:
    acteur, annee = request.acteur, bilan.annee
    choisi = request.GET.get("chapitre", "")
    codes = {indicateur.code for indicateur in INDICATEURS if indicateur.chapitre == choisi} or EN_VUE
    releves = list(releves_de(bilan, codes))
    cles, dessins = vue_d_ensemble(releves)
    chapitre = next((partie for partie in chapitres(releves) if partie[0] == choisi), None)
    contexte = {
        **_paroles(bilan, acteur, form),
        "bilan": bilan,
        "etat": WORKFLOW.etats[bilan.etat],
        "periode": periode(annee),
        "onglets": _onglets(annee, choisi),
        "chapitre": chapitre,
        "cles": cles,
        "dessins": dessins,
        "refus_action": refus,
        "exporter": peut_exporter(acteur),
        "comite": peut_lire_reunions(acteur).permis,
        "commenter": peut_commenter(bilan, acteur),
        "actions": WORKFLOW.disponibles(bilan, acteur) if peut_exporter(acteur) else [],
        "dernier": bilan.exports.filter(statut=Export.Statut.FINI).first() if bilan.pk else None,
        "annees": [autre for autre in range(PREMIERE_ANNEE, timezone.localdate().year + 1) if autre != annee],
        "debutant": periode(annee).fin - periode(annee).debut < UN_MOIS,
    }
    return render(request, "bilans/bilan.html", contexte, status=409 if refus else 200)


def _paroles(bilan: BilanAnnuel, acteur: Acteur, form: CommentaireForm | None) -> dict[str, object]:
    """What the partners say, and the form of one's own institution."""
    commentaires = list(bilan.commentaires.select_related("institution")) if bilan.pk else []
    place = acteur.principale
    mien = next((ligne.texte for ligne in commentaires if place and ligne.institution_id == place.institution_id), "")
    return {"commentaires": commentaires, "form": form or CommentaireForm(initial={"texte": mien})}


def _onglets(annee: int, choisi: str) -> list[dict[str, Any]]:
    adresse = reverse("bilans:bilan", args=[annee])
    connus = {code for code, _ in CHAPITRES}
    vue: dict[str, Any] = {"libelle": "Vue d’ensemble", "url": adresse, "actif": choisi not in connus, "compte": None}
    return [
        vue,
        *(
            {"libelle": titre, "url": f"{adresse}?chapitre={code}", "actif": code == choisi, "compte": None}
            for code, titre in CHAPITRES
        ),
    ]


@require_POST
def commenter(request: Requete, annee: int) -> HttpResponse:
    bilan = _bilan(request, annee)
    form = CommentaireForm(request.POST)
    verdict = peut_commenter(bilan, request.acteur)
    if not verdict:
        raise PermissionDenied(verdict.raison)
    if not form.is_valid():
        return _page(request, bilan, form)
    ecrire_commentaire(bilan=bilan, acteur=request.acteur, texte=form.cleaned_data["texte"])
    return redirect("bilans:bilan", annee)


@require_POST
def avancer(request: Requete, annee: int) -> HttpResponse:
    """Freeze, validate or publish, by name."""
    bilan = _bilan(request, annee)
    nom = request.POST.get("action", "")
    if nom not in VERBES:
        raise Http404
    verdict = WORKFLOW.transitions[nom].politique(bilan, request.acteur)
    if not verdict:
        raise PermissionDenied(verdict.raison)
    try:
        VERBES[nom](bilan=bilan, acteur=request.acteur)
    except TransitionRefusee as erreur:
        return _page(request, bilan, refus=str(erreur))
    return redirect("bilans:bilan", annee)


@require_POST
def exporter(request: Requete, annee: int) -> HttpResponse:
    bilan = _bilan(request, annee)
    try:
        export = demander_export(bilan=bilan, acteur=request.acteur)
    except TransitionRefusee as erreur:
        raise PermissionDenied(str(erreur)) from erreur
    return redirect("bilans:export", annee, export.cle)


@require_POST
def exporter_csv(request: Requete, annee: int) -> HttpResponse:
    """Made at once: what the PDF says in tables, for a spreadsheet."""
    bilan = _bilan(request, annee)
    try:
        bilan = emporter_tableur(bilan=bilan, acteur=request.acteur)
    except TransitionRefusee as erreur:
        raise PermissionDenied(str(erreur)) from erreur
    octets = en_csv(bilan, list(releves_de(bilan)))
    return servir_octets(octets, f"bilan-{annee}.csv", TYPE_CSV)


def _export(request: Requete, annee: int, cle: UUID) -> Export:
    _bilan(request, annee)
    verdict = peut_exporter(request.acteur)
    if not verdict:
        raise PermissionDenied(verdict.raison)
    return get_object_or_404(Export.objects.select_related("bilan", "document__fichier"), cle=cle, bilan__annee=annee)


@require_GET
def export(request: Requete, annee: int, cle: UUID) -> HttpResponse:
    """The progress of one export; « Actualiser » does without JavaScript what the script does each second."""
    demande = _export(request, annee, cle)
    etat = _etat(demande)
    contexte = {"export": demande, "bilan": demande.bilan, "etat": etat}
    return render(request, "bilans/export.html", contexte)


@require_GET
def progression(request: Requete, annee: int, cle: UUID) -> JsonResponse:
    """Asked each second: not a reading worth a line of the journal."""
    request.sans_trace = True
    return JsonResponse(_etat(_export(request, annee, cle)))


def _etat(demande: Export) -> dict[str, object]:
    return demande.avancement(reverse("bilans:telecharger", args=[demande.bilan.annee, demande.cle]))


@require_POST
def relancer(request: Requete, annee: int, cle: UUID) -> HttpResponse:
    demande = relancer_export(export=_export(request, annee, cle), acteur=request.acteur)
    return redirect("bilans:export", annee, demande.cle)


@require_GET
def telecharger(request: Requete, annee: int, cle: UUID) -> HttpResponse:
    demande = _export(request, annee, cle)
    if demande.document is None:
        raise Http404
    noter("telecharger", acteur=request.acteur, objet="bilan", cle=demande.bilan.cle, details={"export": demande.cle})
    reponse = HttpResponse(lire_document(demande.document), content_type="application/pdf")
    reponse["Content-Disposition"] = f'attachment; filename="bilan-{annee}.pdf"'
    return reponse
