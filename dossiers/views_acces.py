"""Who may see a case, who must not, and who opened one without taking part in it."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts.elevation import est_eleve
from accounts.models import User
from accounts.roles import Role
from convention.acteur import Acteur
from convention.requete import Requete
from dossiers import bris_de_glace, devoilement, exclusions
from dossiers.forms import BrisForm, ChercherCollegueForm, ExamenForm, ExclureForm
from dossiers.lecteurs import empechements, lecteurs
from dossiers.models import Dossier
from dossiers.registre import type_de
from notifications.portee import portee_systeme
from transitions.workflow import TransitionRefusee

CONFIRMER = (
    "Confirmez à nouveau votre identité dans un autre onglet, puis renvoyez. Ce que vous avez tapé est conservé."
)


def _dossier(request: Requete, cle: UUID) -> tuple[Dossier, bool]:
    """The case, and whether its content is readable; data protection reaches this page without it."""
    dossier = Dossier.objects.visibles_par(request.acteur).filter(cle=cle).first()
    if dossier is not None:
        return dossier, True
    if request.acteur.a(Role.DPO):
        with portee_systeme("La protection des données lit qui accède à un dossier, jamais son contenu."):
            dossier = Dossier.objects.filter(cle=cle).exclude(phase="brouillon").first()
        if dossier is not None and exclusions.suit_pour_la_protection(dossier, request.acteur):
            return dossier, False
    raise Http404


@require_GET
def acces(request: Requete, cle: UUID) -> HttpResponse:
    dossier, lisible = _dossier(request, cle)
    return _montrer(request, dossier, lisible, ChercherCollegueForm(), None)


@require_POST
def ecarter(request: Requete, cle: UUID) -> HttpResponse:
    """`geste=chercher` finds colleagues, `geste=ecarter` keeps the chosen one out."""
    dossier, lisible = _dossier(request, cle)
    verdict = exclusions.peut_exclure(dossier, request.acteur)
    if not verdict:
        raise PermissionDenied(verdict.raison)
    if request.POST.get("geste") != "ecarter":
        return _chercher(request, dossier, lisible)
    qui = request.POST.get("qui", "")
    form = ExclureForm(request.POST, personnes=_personnes(qui, request.acteur))
    if form.is_valid():
        try:
            exclusions.exclure(
                dossier=dossier,
                personne=UUID(form.cleaned_data["personne"]),
                motif=form.cleaned_data["motif"],
                acteur=request.acteur,
            )
        except TransitionRefusee as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, "Cette personne ne voit plus ce dossier. Elle n’en est pas avertie.")
            return redirect("dossiers:acces", cle=cle)
    return _montrer(request, dossier, lisible, ChercherCollegueForm(initial={"qui": qui}), form)


def _chercher(request: Requete, dossier: Dossier, lisible: bool) -> HttpResponse:
    form = ChercherCollegueForm(request.POST)
    choix = None
    if form.is_valid():
        qui = form.cleaned_data["qui"]
        personnes = _personnes(qui, request.acteur)
        if personnes:
            choix = ExclureForm(personnes=personnes, initial={"qui": qui})
        else:
            form.add_error("qui", "Personne de votre établissement ne porte ce nom. Essayez une autre orthographe.")
    return _montrer(request, dossier, lisible, form, choix)


def _personnes(qui: str, acteur: Acteur) -> list[tuple[str, str]]:
    return [
        (str(ligne.utilisateur.cle), f"{ligne.utilisateur.nom_complet}, {ligne.service.nom}")
        for ligne in exclusions.collegues(qui, acteur)
        if ligne.utilisateur_id != acteur.utilisateur_id
    ]


@require_POST
def lever(request: Requete, cle: UUID, exclusion: int) -> HttpResponse:
    dossier, _ = _dossier(request, cle)
    une = get_object_or_404(exclusions.exclusions_lisibles(dossier, request.acteur), pk=exclusion)
    try:
        exclusions.lever_exclusion(exclusion=une, dossier=dossier, acteur=request.acteur)
        messages.success(request, "La mise à l’écart est levée. Les droits de cette personne s’appliquent à nouveau.")
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return redirect("dossiers:acces", cle=cle)


def _montrer(
    request: Requete, dossier: Dossier, lisible: bool, chercher: ChercherCollegueForm, choix: ExclureForm | None
) -> HttpResponse:
    acteur = request.acteur
    contexte = {
        "dossier": dossier,
        "retour": type_de(dossier).adresse(dossier, acteur) if lisible else "",
        "acces": lecteurs(dossier, acteur),
        "exceptionnel": bris_de_glace.en_lecture_seule(dossier.cle, acteur),
        "empechements": empechements(dossier, acteur) if lisible else [],
        "peut_exclure": exclusions.peut_exclure(dossier, acteur),
        "exclusions": [
            (une, exclusions.peut_lever(une, dossier, acteur))
            for une in exclusions.exclusions_lisibles(dossier, acteur)
        ],
        "chercher": chercher,
        "choix": choix,
    }
    return render(request, "dossiers/acces.html", contexte)


def ouvrir(request: Requete) -> HttpResponse:
    """Break-glass: the proof of identity first, then the reference and the motive."""
    verdict = bris_de_glace.peut_briser(request.acteur)
    if not verdict:
        raise PermissionDenied(verdict.raison)
    if request.method != "POST" and not est_eleve(request):
        return redirect(_confirmer())
    form = BrisForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not est_eleve(request):
            form.add_error(None, CONFIRMER)
        elif (adresse := _briser(request, form)) is not None:
            return redirect(adresse)
    contexte = {"form": form, "confirmer": "" if est_eleve(request) else _confirmer()}
    return render(request, "dossiers/ouvrir_exceptionnel.html", contexte)


def _confirmer() -> str:
    return f"{reverse('accounts:elever')}?{urlencode({'next': reverse('dossiers:exceptionnel')})}"


def _briser(request: Requete, form: BrisForm) -> str | None:
    """The page of the case; a case already known opens without breaking anything."""
    acteur, donnees = request.acteur, form.cleaned_data
    visibles = Dossier.objects.visibles_par(acteur)
    connu = visibles.filter(reference=donnees["reference"].strip().upper()).first()
    if connu is None:
        try:
            bris = bris_de_glace.briser(acteur=acteur, **donnees)
        except TransitionRefusee as refus:
            form.add_error(None, str(refus))
            return None
        connu = visibles.get(pk=bris.dossier_id)
    return type_de(connu).adresse(connu, acteur)


@require_GET
def exceptionnels(request: Requete) -> HttpResponse:
    """What waits for a review, what was reviewed; for data protection, also identities shown without an act."""
    acteur = request.acteur
    place = acteur.place(*bris_de_glace.EXAMINATEURS)
    if place is None:
        raise PermissionDenied("Les accès exceptionnels se suivent par les responsables et la protection des données.")
    bris = bris_de_glace.examinables(acteur)
    with portee_systeme("Le suivi des accès exceptionnels cite des références, jamais un contenu."):
        contexte: dict[str, Any] = {
            "attente": [
                (un, bris_de_glace.peut_examiner(un, acteur), ExamenForm(prefix=str(un.cle)))
                for un in bris.filter(revu_le=None).select_related("dossier")
            ],
            "examines": list(bris.exclude(revu_le=None).select_related("dossier")[:50]),
            "sans_suite": _sans_suite(acteur),
        }
    return render(request, "dossiers/exceptionnels.html", {**contexte, "protection": acteur.a(Role.DPO)})


def _sans_suite(acteur: Acteur) -> list[dict[str, Any]]:
    maisons = [place.institution_code for place in acteur.places if place.role == Role.DPO]
    ecartees = set(exclusions.cles_ecartees(acteur))
    entrees = [e for e in devoilement.sans_suite(maisons)[:100] if e.cle not in ecartees]
    noms = {u.cle: u.nom_complet for u in User.objects.filter(cle__in={e.acteur for e in entrees})}
    references = dict(Dossier.objects.filter(cle__in={e.cle for e in entrees}).values_list("cle", "reference"))
    return [
        {"le": e.le, "qui": noms.get(e.acteur, "Compte fermé"), "cle": e.cle, "reference": references.get(e.cle, "")}
        for e in entrees
        if e.acteur and e.cle
    ]


@require_POST
def examiner(request: Requete, bris: UUID) -> HttpResponse:
    un = get_object_or_404(bris_de_glace.examinables(request.acteur), cle=bris)
    form = ExamenForm(request.POST, prefix=str(un.cle))
    if form.is_valid():
        try:
            bris_de_glace.examiner(bris=un, acteur=request.acteur, **form.cleaned_data)
            messages.success(request, "L’examen est enregistré.")
        except TransitionRefusee as refus:
            messages.error(request, str(refus))
    else:
        messages.error(request, "Choisissez un constat pour enregistrer l’examen.")
    return redirect("dossiers:exceptionnels")
