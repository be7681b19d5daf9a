"""The programme of a convention: its axes, one action, and what is done to it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from convention import actions, regles_programme
from convention.documents_programme import document_de, document_pret
from convention.forms_programme import AvancementForm, IndicateurForm, PlanForm, ReleveForm
from convention.lecture_programme import NON_PRECISE, axes_de, changements_de, decompte, ligne_de, lire_action
from convention.models import Action, Convention, Indicateur, Institution
from convention.requete import Requete
from convention.textes import articles_de
from convention.views.consultation import convention_ou_404
from documents import coffre
from journal.carnet import noter
from transitions.workflow import TransitionRefusee


def programme_ou_404(request: Requete, code: str) -> Convention:
    """A convention this person may read, and that has a programme."""
    lue = convention_ou_404(request, code)
    if not lue.axes.exists():
        raise Http404
    return lue


@require_GET
def page(request: Requete, code: str) -> HttpResponse:
    """The axes and their actions, with who leads, until when, and the state of each."""
    lue = programme_ou_404(request, code)
    axes = axes_de(lue)
    contexte = {
        "convention": lue,
        "mention": articles_de(lue).mention,
        "axes": axes,
        "decompte": decompte(axes),
        "evenements": lue.manifestations.exists(),
        "non_precise": NON_PRECISE,
    }
    return render(request, "convention/programme.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def pdf(request: Requete, code: str) -> HttpResponse:
    """The programme on paper. Made by a POST, read by a GET."""
    lue = programme_ou_404(request, code)
    if request.method == "POST":
        document_de(lue)
        return redirect("convention:programme_pdf", code=code)
    document = document_pret(lue)
    if document is None:
        return redirect("convention:programme", code=code)
    noter("telecharger", acteur=request.acteur, objet="convention", details={"document": str(document.cle)})
    return HttpResponse(
        coffre.lire_document(document),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="programme-{lue.code}.pdf"'},
    )


def action_ou_404(request: Requete, code: str, axe: str, nom: str) -> Action:
    trouvee = lire_action(convention_ou_404(request, code), axe, nom)
    if trouvee is None:
        raise Http404
    return trouvee


@require_GET
def action(request: Requete, code: str, axe: str, action: str) -> HttpResponse:
    """One action: who, when, what is counted, and what happened."""
    return _page(request, action_ou_404(request, code, axe, action))


def _page(request: Requete, lue: Action, **formulaires: Any) -> HttpResponse:
    """`formulaires` replaces a blank form by the one whose errors are shown."""
    suivre = regles_programme.peut_suivre(lue, request.acteur)
    ligne = ligne_de(lue)
    fautif: ReleveForm | None = formulaires.get("releve")
    mesures = [(mesure, ReleveForm(prefix=f"m{mesure.indicateur.pk}") if suivre else None) for mesure in ligne.mesures]
    if fautif:
        mesures = [(m, fautif if f and f.prefix == fautif.prefix else f) for m, f in mesures]
    contexte = {
        "convention": lue.axe.convention,
        "action": lue,
        "ligne": ligne,
        "suivre": suivre,
        "planifier": regles_programme.peut_planifier(lue, request.acteur),
        "mesures": mesures,
        "changements": changements_de(lue),
        "avancement": formulaires.get("avancement") or (_avancement(lue, request) if suivre else None),
        "indicateur": formulaires.get("indicateur") or (IndicateurForm(prefix="i") if suivre else None),
        "non_precise": NON_PRECISE,
    }
    return render(request, "convention/action.html", contexte)


def _avancement(lue: Action, request: Requete, donnees: Any = None) -> AvancementForm:
    possibles = [transition for transition, verdict in actions.WORKFLOW.disponibles(lue, request.acteur) if verdict]
    return AvancementForm(donnees, transitions=possibles)


def _vers(lue: Action) -> HttpResponse:
    return redirect("convention:action", lue.axe.convention.code, lue.axe.code, lue.code)


@require_POST
def avancer(request: Requete, code: str, axe: str, action: str) -> HttpResponse:
    """Change the state of the action."""
    lue = action_ou_404(request, code, axe, action)
    _exiger(regles_programme.peut_suivre(lue, request.acteur))
    form = _avancement(lue, request, request.POST)
    if form.is_valid():
        try:
            avancee = actions.avancer(action=lue, acteur=request.acteur, **form.cleaned_data)
        except TransitionRefusee as refus:
            form.add_error("geste", str(refus))
        else:
            libelle = actions.WORKFLOW.etats[avancee.etat].libelle.lower()
            messages.success(request, f"C’est enregistré\u00a0: l’action est {libelle}.")
            return _vers(lue)
    return _page(request, lue, avancement=form)


@require_http_methods(["GET", "POST"])
def planifier(request: Requete, code: str, axe: str, action: str) -> HttpResponse:
    """Who leads, with whom, until when, and who decided it."""
    lue = action_ou_404(request, code, axe, action)
    _exiger(regles_programme.peut_planifier(lue, request.acteur))
    parties = Institution.objects.filter(parties__convention=lue.axe.convention).order_by("nom").distinct()
    depart = {"pilote": lue.pilote, "partenaires": lue.partenaires.all(), "echeance": lue.echeance}
    form = PlanForm(request.POST or None, institutions=parties, initial={**depart, "origine": lue.origine})
    if request.method == "POST" and form.is_valid():
        try:
            actions.planifier(action=lue, acteur=request.acteur, **form.cleaned_data)
        except TransitionRefusee as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, "La planification est enregistrée.")
            return _vers(lue)
    return render(request, "convention/planifier.html", {"convention": lue.axe.convention, "action": lue, "form": form})


@require_POST
def ajouter_indicateur(request: Requete, code: str, axe: str, action: str) -> HttpResponse:
    """Say what will be counted."""
    lue = action_ou_404(request, code, axe, action)
    _exiger(regles_programme.peut_suivre(lue, request.acteur))
    form = IndicateurForm(request.POST, prefix="i")
    if form.is_valid():
        try:
            actions.ajouter_indicateur(action=lue, acteur=request.acteur, **form.cleaned_data)
        except TransitionRefusee as refus:
            form.add_error("intitule", str(refus))
        else:
            messages.success(request, "L’indicateur est ajouté. Saisissez sa première valeur.")
            return _vers(lue)
    return _page(request, lue, indicateur=form)


@require_POST
def relever(request: Requete, code: str, axe: str, action: str, indicateur: UUID) -> HttpResponse:
    """Record a value with its day and its source."""
    lue = action_ou_404(request, code, axe, action)
    compte = get_object_or_404(Indicateur.objects.select_related("action"), cle=indicateur, action=lue)
    _exiger(regles_programme.peut_suivre(lue, request.acteur))
    form = ReleveForm(request.POST, prefix=f"m{compte.pk}")
    if form.is_valid():
        try:
            actions.relever(indicateur=compte, acteur=request.acteur, **form.cleaned_data)
        except TransitionRefusee as refus:
            form.add_error("jour", str(refus))
        else:
            messages.success(request, f"La valeur est enregistrée\u00a0: {compte.intitule}.")
            return _vers(lue)
    return _page(request, lue, releve=form)


def _exiger(verdict: Any) -> None:
    if not verdict:
        raise PermissionDenied(verdict.raison)
