"""« Cette étape ne marche pas »: deposited from a sheet, worked by the référente, read again by its author."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from accounts.roles import Role
from bilans import retours
from bilans.forms import ConclureForm, RepondreForm, RetourForm
from bilans.models import RetourExperience
from bilans.pages import paginer
from bilans.retours import EN_ATTENTE, VERSION, WORKFLOW
from convention.requete import Requete
from fiches.lecture import pour
from fiches.models import VersionFiche
from fiches.policies import peut_voir_version
from transitions.workflow import TransitionRefusee


def deposer(request: Requete, numero: int, version: str, passage: str) -> HttpResponse:
    """A text that looks nominative comes back once with an advice; sent again, it is taken."""
    choisie = get_object_or_404(
        VersionFiche.objects.select_related("fiche__thematique__convention"),
        pour(request.acteur),
        fiche__numero=numero,
        numero=version,
    )
    intitule = retours.intitule(choisie, passage) if peut_voir_version(choisie, request.acteur) else None
    if intitule is None:
        raise Http404
    verdict = retours.peut_deposer(choisie, request.acteur)
    if not verdict:
        raise PermissionDenied(verdict.raison)
    form = RetourForm(request.POST if request.method == "POST" else None, initial={"cle": uuid.uuid4()})
    conseils: list[str] = []
    if request.method == "POST" and form.is_valid():
        conseils = [] if form.cleaned_data["relu"] else retours.ressemblances(form.cleaned_data["texte"])
        if not conseils:
            return _enregistrer(request, choisie, passage, form)
    contexte = {"version": choisie, "fiche": choisie.fiche, "intitule": intitule, "form": form, "conseils": conseils}
    return render(request, "bilans/deposer.html", contexte)


def _enregistrer(request: Requete, version: VersionFiche, passage: str, form: RetourForm) -> HttpResponse:
    saisi = form.cleaned_data
    try:
        retour = retours.deposer(
            version=version,
            passage=passage,
            acteur=request.acteur,
            categorie=saisi["categorie"],
            texte=saisi["texte"],
            cle=saisi["cle"],
        )
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
        return redirect("bilans:retours")
    messages.success(request, "Votre retour est transmis à la référente. Vous lirez sa réponse ici.")
    return redirect("bilans:retour", retour.cle)


@require_GET
def miens(request: Requete) -> HttpResponse:
    lignes = RetourExperience.objects.filter(depose_par_id=request.acteur.utilisateur_id)
    contexte = {**liste_de(request, lignes, ("-depose_le", "-pk")), "referente": request.acteur.a(Role.REFERENT)}
    return render(request, "bilans/retours.html", contexte)


def liste_de(request: Requete, lignes: QuerySet[RetourExperience], ordre: tuple[str, ...]) -> dict[str, Any]:
    """One page in words, and the address of the next one, which keeps the sort and the sheet."""
    lus, suite = paginer(lignes.select_related(VERSION), ordre, request.GET.get("apres", ""))
    garde = {nom: request.GET[nom] for nom in ("tri", "fiche") if nom in request.GET}
    return {
        "lignes": [
            {
                "retour": lu,
                "etat": WORKFLOW.etats[lu.etat],
                "intitule": retours.intitule(lu.version_fiche, lu.passage) or lu.passage,
            }
            for lu in lus
        ],
        "suivant": f"?{urlencode({**garde, 'apres': suite})}" if suite else "",
    }


@require_GET
def a_traiter(request: Requete) -> HttpResponse:
    """The référente's worklist: the oldest first, or sheet by sheet and step by step."""
    maisons = {place.institution_id for place in request.acteur.places if place.role == Role.REFERENT}
    if not maisons:
        raise PermissionDenied("La référente traite les retours. Les vôtres sont dans « Mes retours ».")
    lignes = RetourExperience.objects.filter(
        etat__in=EN_ATTENTE, version_fiche__fiche__thematique__convention__etablissement__in=maisons
    )
    fiche = request.GET.get("fiche", "")
    if fiche.isdecimal() and len(fiche) < 5:
        lignes = lignes.filter(version_fiche__fiche__numero=int(fiche))
    par_fiche = request.GET.get("tri") == "fiche"
    ordre = ("version_fiche__fiche__numero", "passage", "depose_le", "pk") if par_fiche else ("depose_le", "pk")
    contexte = {**liste_de(request, lignes, ordre), "par_fiche": par_fiche, "fiche": fiche}
    return render(request, "bilans/a_traiter.html", contexte)


def _retour(request: Requete, cle: uuid.UUID) -> RetourExperience:
    lignes = RetourExperience.objects.select_related(VERSION, "service", "depose_par", "corrige_dans")
    retour = get_object_or_404(lignes, cle=cle)
    if not retours.peut_lire(retour, request.acteur):
        raise Http404
    return retour


@require_GET
def retour(request: Requete, cle: uuid.UUID) -> HttpResponse:
    return _page(request, _retour(request, cle))


def _page(request: Requete, objet: RetourExperience, **forms: Any) -> HttpResponse:
    traite = retours.peut_traiter(objet, request.acteur)
    gestes = {transition.nom for transition, verdict in WORKFLOW.disponibles(objet, request.acteur) if verdict}
    contexte = {
        "retour": objet,
        "fiche": objet.version_fiche.fiche,
        "etat": WORKFLOW.etats[objet.etat],
        "intitule": retours.intitule(objet.version_fiche, objet.passage) or objet.passage,
        "traite": traite,
        "gestes": gestes,
        "numero_faux": objet.categorie == RetourExperience.Categorie.NUMERO,
        "form_repondre": forms.get("repondre") or RepondreForm(),
        "form_conclure": forms.get("conclure") or ConclureForm(retour=objet),
    }
    return render(request, "bilans/retour.html", contexte)


@require_POST
def avancer(request: Requete, cle: uuid.UUID) -> HttpResponse:
    """Study, answer, conclude, by name; a form in error comes back with what was typed."""
    objet, geste = _retour(request, cle), request.POST.get("geste", "")
    verdict = retours.peut_traiter(objet, request.acteur)
    if not verdict:
        raise PermissionDenied(verdict.raison)
    try:
        if geste == "etudier":
            retours.etudier(retour=objet, acteur=request.acteur)
        elif geste == "repondre":
            form = RepondreForm(request.POST)
            if not form.is_valid():
                return _page(request, objet, repondre=form)
            retours.repondre(retour=objet, acteur=request.acteur, **form.cleaned_data)
        elif geste == "conclure":
            issue = ConclureForm(request.POST, retour=objet)
            if not issue.is_valid():
                return _page(request, objet, conclure=issue)
            retours.conclure(retour=objet, acteur=request.acteur, **issue.cleaned_data)
        else:
            raise Http404
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return redirect("bilans:retour", cle)
