"""The committee: its meetings, the agenda of the next one, the minutes, the decisions to carry."""

import uuid
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bilans import decisions, reunions
from bilans.compte_rendu import papier_de, papier_pret
from bilans.etats import APPROUVEE, PLANIFIEE, TENUE
from bilans.forms_comite import AnnulerForm, DecisionForm, PlanifierForm, SeanceForm
from bilans.models import Invitation, RetourExperience, Reunion
from bilans.ordre_du_jour import Point, en_json, ordre_du_jour
from bilans.reunions import WORKFLOW
from bilans.views.retours import liste_de
from convention.portee import conventions_de
from convention.requete import Requete
from documents import coffre
from dossiers.bris_de_glace import a_examiner
from fiches.lecture import fiches_de
from journal.carnet import noter
from transitions.workflow import TransitionRefusee

LIMITE = 100


@require_GET
def comite(request: Requete) -> HttpResponse:
    """The meetings this reader is invited to; for who conducts them, what the next one has to look at."""
    acteur = request.acteur
    menees = [
        convention
        for convention in conventions_de(acteur).distinct().order_by("pk")
        if reunions.peut_conduire(convention, acteur)
    ]
    verdict = reunions.peut_lire_reunions(acteur)
    if not verdict and not menees:
        raise PermissionDenied(verdict.raison)
    lignes = RetourExperience.objects.filter(
        issue=RetourExperience.Issue.COMITE,
        clos_le__year__gte=timezone.localdate().year - 1,
        version_fiche__fiche__thematique__convention__in=menees,
    )
    connues = reunions.reunions_de(acteur)
    contexte = {
        **liste_de(request, lignes, ("version_fiche__fiche__numero", "clos_le", "pk")),
        "menees": [(convention, ordre_du_jour(convention), _en_sommeil(convention.pk)) for convention in menees],
        "examens": [a_examiner(maison) for maison in sorted({c.etablissement_id for c in menees})],
        "reunions": [(reunion, WORKFLOW.etats[reunion.etat]) for reunion in connues[:LIMITE]],
        "a_suivre": decisions.decisions_de(acteur).filter(close_le=None).count(),
    }
    return render(request, "bilans/comite.html", contexte)


def _en_sommeil(convention: int) -> bool:
    """No meeting for a year and none planned: the convention promises one a year."""
    depuis = timezone.now() - timedelta(days=365)
    recentes = Reunion.objects.filter(convention=convention, debut__gte=depuis)
    return not recentes.filter(etat__in=(PLANIFIEE, TENUE, APPROUVEE)).exists()


@require_http_methods(["GET", "HEAD", "POST"])
def planifier(request: Requete, code: str) -> HttpResponse:
    convention = get_object_or_404(conventions_de(request.acteur).distinct(), code=code)
    if not (verdict := reunions.peut_conduire(convention, request.acteur)):
        raise PermissionDenied(verdict.raison)
    institutions = reunions.invitables(convention)
    signataires = [str(institution.pk) for institution in institutions if institution.signataire]
    initial = {"institutions": signataires, "cle": uuid.uuid4()}
    form = PlanifierForm(request.POST if request.method == "POST" else None, institutions=institutions, initial=initial)
    if form.is_bound and form.is_valid():
        saisi = form.cleaned_data
        try:
            reunion = reunions.planifier(
                convention=convention,
                acteur=request.acteur,
                **{**saisi, "institutions": [int(cle) for cle in saisi["institutions"]]},
            )
        except TransitionRefusee as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, "La réunion est planifiée. Les institutions invitées sont prévenues.")
            return redirect("bilans:reunion", reunion.cle)
    return render(request, "bilans/planifier.html", {"form": form, "convention": convention})


def _reunion(request: Requete, cle: uuid.UUID) -> Reunion:
    return get_object_or_404(reunions.reunions_de(request.acteur), cle=cle)


@require_GET
def reunion(request: Requete, cle: uuid.UUID) -> HttpResponse:
    return _page(request, _reunion(request, cle))


def _page(request: Requete, objet: Reunion, en_erreur: forms.Form | None = None) -> HttpResponse:
    """One meeting; `en_erreur` is the form that came back."""
    acteur = request.acteur
    conduit = reunions.peut_conduire(objet.convention, acteur)
    invitations = list(objet.invitations.select_related("institution"))
    verdicts = {transition.nom: verdict for transition, verdict in WORKFLOW.disponibles(objet, acteur)}
    contexte: dict[str, Any] = {
        "reunion": objet,
        "etat": WORKFLOW.etats[objet.etat],
        "ordre": _ordre(objet),
        "invitations": invitations,
        "decisions": objet.decisions.select_related("institution", "fiche") if objet.approuvee_le or conduit else [],
        "conduit": conduit,
        "en_erreur": en_erreur,
        "tenir": verdicts.get("tenir_reunion"),
        "approuver": verdicts.get("approuver_compte_rendu"),
        "annuler": verdicts.get("annuler_reunion"),
        "decider": decisions.peut_decider(objet, acteur),
        "papier": papier_pret(objet) if objet.approuvee_le else None,
    }
    if conduit and objet.etat in (PLANIFIEE, TENUE):
        contexte |= _formulaires(request, objet, invitations, en_erreur)
    return render(request, "bilans/reunion.html", contexte)


def _formulaires(
    request: Requete, objet: Reunion, invitations: list[Invitation], en_erreur: forms.Form | None
) -> dict[str, forms.Form]:
    """The forms of who conducts; the one that came back in error keeps what was typed."""
    neufs = {
        "seance_form": SeanceForm(invitations=invitations, initial={"compte_rendu": objet.compte_rendu}),
        "annuler_form": AnnulerForm(),
        "decision_form": _decision_form(request, objet),
    }
    return {
        nom: en_erreur if en_erreur is not None and type(en_erreur) is type(neuf) else neuf
        for nom, neuf in neufs.items()
    }


def _ordre(objet: Reunion) -> list[Point]:
    """Kept as it was that day once the meeting was held, built from what is open before."""
    brut = objet.ordre_du_jour if objet.tenue_le else en_json(ordre_du_jour(objet.convention), objet.points)
    return [Point(**ligne) for ligne in brut]


def _decision_form(request: Requete, objet: Reunion, data: Any = None) -> DecisionForm:
    return DecisionForm(
        data,
        invitations=objet.invitations.select_related("institution"),
        fiches=fiches_de(request.acteur)
        .filter(thematique__convention=objet.convention_id)
        .select_related("thematique"),
    )


@require_POST
def avancer(request: Requete, cle: uuid.UUID) -> HttpResponse:
    """Cancel, write, decide, take back, approve, by name; a form in error comes back with what was typed."""
    objet, geste = _reunion(request, cle), request.POST.get("geste", "")
    if not (verdict := reunions.peut_conduire(objet.convention, request.acteur)):
        raise PermissionDenied(verdict.raison)
    if geste not in GESTES:
        raise Http404
    form = GESTES[geste][0](request, objet)
    if form is not None and not form.is_valid():
        return _page(request, objet, form)
    try:
        GESTES[geste][1](request, objet, form)
    except TransitionRefusee as refus:
        if form is None:
            messages.error(request, str(refus))
            return redirect("bilans:reunion", cle)
        form.add_error(None, str(refus))
        return _page(request, objet, form)
    messages.success(request, GESTES[geste][2])
    return redirect("bilans:reunion", cle)


def _retirer(request: Requete, objet: Reunion, form: Any) -> None:
    numero = request.POST.get("decision", "")
    choisie = objet.decisions.filter(numero=int(numero) if numero.isdecimal() and len(numero) < 4 else 0).first()
    if choisie is None:
        raise Http404
    decisions.retirer(decision=choisie, acteur=request.acteur)


# By name: its form, its verb, what the référente reads next.
GESTES: dict[str, tuple[Any, Any, str]] = {
    "annuler": (
        lambda request, objet: AnnulerForm(request.POST),
        lambda request, objet, form: reunions.annuler(reunion=objet, acteur=request.acteur, **form.cleaned_data),
        "La réunion est annulée. Les institutions invitées sont prévenues.",
    ),
    "tenir": (
        lambda request, objet: SeanceForm(request.POST, invitations=objet.invitations.select_related("institution")),
        lambda request, objet, form: reunions.consigner_seance(
            reunion=objet,
            acteur=request.acteur,
            presences=form.presences,
            compte_rendu=form.cleaned_data["compte_rendu"],
        ),
        "Le compte rendu est enregistré. Écrivez les décisions, puis notez son approbation.",
    ),
    "decider": (
        lambda request, objet: _decision_form(request, objet, request.POST),
        lambda request, objet, form: decisions.decider(reunion=objet, acteur=request.acteur, **form.cleaned_data),
        "La décision est enregistrée.",
    ),
    "retirer": (lambda request, objet: None, _retirer, "La décision est retirée."),
    "approuver": (
        lambda request, objet: None,
        lambda request, objet, form: reunions.approuver(reunion=objet, acteur=request.acteur),
        "Le compte rendu est approuvé : il ne change plus. Les décisions sont à suivre.",
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def pdf(request: Requete, cle: uuid.UUID) -> HttpResponse:
    """The approved minutes on paper: made by a POST, read by a GET."""
    objet = _reunion(request, cle)
    if objet.approuvee_le is None:
        raise PermissionDenied("Le compte rendu s’imprime une fois approuvé.")
    if request.method == "POST":
        papier_de(objet)
        return redirect("bilans:reunion_pdf", cle)
    document = papier_pret(objet)
    if document is None:
        return redirect("bilans:reunion", cle)
    noter("telecharger", acteur=request.acteur, objet="comite", cle=objet.cle, details={"document": str(document.cle)})
    return HttpResponse(
        coffre.lire_document(document),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{objet.reference.lower()}.pdf"'},
    )
