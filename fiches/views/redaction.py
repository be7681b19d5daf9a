"""Writing a version: the pen is taken by a button, what is typed is kept, only « Enregistrer » changes the text."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from convention.requete import Requete
from fiches import contenu as contenus
from fiches import policies, redaction, retours, workflow
from fiches.ecarts import ecarts, en_donnees, redacteur_de
from fiches.forms import Redacteur
from fiches.models import Redaction, VersionFiche
from fiches.positions import positions
from fiches.views.revision import version_ouverte
from fiches.workflow import WORKFLOW
from transitions.workflow import TransitionRefusee

SUITES = frozenset({"soumettre_lecture", "ouvrir_approbation", "mettre_en_vigueur", "abandonner"})
# A whole sheet holds in a tenth of it; beyond, the page says that it keeps nothing and tries again.
TROP_LOURD = 500_000
CONSERVEE = "Ce que vous avez tapé est conservé ci-dessous."
DEPASSE = "Le texte a changé pendant que vous tapiez. Votre saisie est conservée : actualisez la page pour la comparer."


def rediger(request: Requete, numero: int) -> HttpResponse:
    """The text block by block for who holds the pen; for the others, who holds it and what they typed themselves."""
    version = _version(request, numero)
    if request.method == "POST":
        return _enregistrer(request, version)
    if not redaction.ecrit(version, request.acteur):
        return render(request, "fiches/projet.html", _contexte(request, version))
    presente, _ = redaction.miennes(version, request.acteur)
    return _formulaire(request, version, redacteur_de(version, en_donnees(presente.saisie) if presente else None))


def _version(request: Requete, numero: int) -> VersionFiche:
    version = version_ouverte(request, numero)
    if not (verdict := policies.peut_rediger(version, request.acteur)):
        raise PermissionDenied(verdict.raison)
    return version


def _contexte(request: Requete, version: VersionFiche) -> dict[str, Any]:
    presente, anciennes = redaction.miennes(version, request.acteur)
    return {
        "version": version,
        "fiche": version.fiche,
        "etat": WORKFLOW.etats[version.etat],
        "retours": retours.vus_par(version, request.acteur),
        "ecrire": policies.peut_ecrire(version, request.acteur),
        "presente": presente,
        "anciennes": [(ligne, ecarts(version, ligne)) for ligne in anciennes],
        "actions": [ligne for ligne in WORKFLOW.disponibles(version, request.acteur) if ligne[0].nom in SUITES],
        "visas": [position for position in positions(version) if position.visa],
        "precedente": version.fiche.versions.filter(effet_le__isnull=False).order_by("-rang").first(),
    }


def _formulaire(
    request: Requete, version: VersionFiche, redacteur: Redacteur, erreurs: tuple[str, ...] = ()
) -> HttpResponse:
    contexte = {**_contexte(request, version), "redacteur": redacteur, "erreurs": erreurs}
    return render(request, "fiches/rediger.html", contexte)


def _enregistrer(request: Requete, version: VersionFiche) -> HttpResponse:
    """Write the text and say which opinions lapsed. What another person's act prevents is kept as a draft."""
    redacteur = redacteur_de(version, request.POST)
    if not redacteur.is_valid():
        return _formulaire(request, version, redacteur)
    saisi = redacteur.texte.cleaned_data
    try:
        tombes = workflow.modifier(
            version=version,
            acteur=request.acteur,
            titre=saisi["titre"],
            contenu=redacteur.en_contenu(),
            motif=saisi["motif"],
            version_lue=saisi["version"],
        )
    except contenus.ContenuInvalide as faute:
        return _formulaire(request, version, redacteur, tuple(probleme.message for probleme in faute.problemes))
    except TransitionRefusee as refus:
        _garder(request, version, saisi["version"])
        messages.error(request, f"{refus} {CONSERVEE}")
        return redirect("fiches:rediger", numero=version.fiche.numero)
    messages.success(request, "Le texte est enregistré.")
    if tombes:
        messages.warning(request, f"Le texte a changé : ces avis tombent et sont à redonner : {', '.join(tombes)}.")
    return redirect("fiches:rediger", numero=version.fiche.numero)


def _garder(request: Requete, version: VersionFiche, version_lue: int) -> Redaction:
    saisie = {nom: request.POST.getlist(nom) for nom in request.POST if nom != "csrfmiddlewaretoken"}
    return redaction.garder(version=version, acteur=request.acteur, saisie=saisie, version_lue=version_lue)


@require_POST
def ouvrir(request: Requete, numero: int) -> HttpResponse:
    """Take the pen."""
    try:
        redaction.prendre(version=_version(request, numero), acteur=request.acteur)
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return redirect("fiches:rediger", numero=numero)


@require_POST
def quitter(request: Requete, numero: int) -> HttpResponse:
    redaction.rendre(version=_version(request, numero), acteur=request.acteur)
    messages.info(request, "Vous avez rendu la plume. Ce que vous tapiez est conservé.")
    return redirect("fiches:rediger", numero=numero)


@require_POST
def garder(request: Requete, numero: int) -> HttpResponse:
    """Autosave. A message stops this window: kept, but the text changed or another person took the pen over."""
    version = _version(request, numero)
    lue = request.POST.get("version", "")
    if not lue.isdecimal() or int(lue) > version.version:
        return JsonResponse({}, status=409)
    if int(request.headers.get("Content-Length") or 0) > TROP_LOURD:
        return JsonResponse({}, status=413)
    request.sans_trace = True
    _garder(request, version, int(lue))
    if int(lue) != version.version:
        return JsonResponse({"message": DEPASSE})
    if not (verdict := policies.peut_ecrire(version, request.acteur)):
        return JsonResponse({"message": f"{verdict.raison} Ce que vous avez tapé est conservé."})
    return JsonResponse({"version": version.version})


@require_POST
def oublier(request: Requete, numero: int) -> HttpResponse:
    """Drop one of one's own drafts."""
    redaction.oublier(version=_version(request, numero), acteur=request.acteur, saisie=_saisie(request))
    messages.info(request, "Cette saisie est oubliée. Le texte enregistré n’a pas changé.")
    return redirect("fiches:rediger", numero=numero)


@require_POST
def reprendre(request: Requete, numero: int) -> HttpResponse:
    """Carry an older draft over the present text, and take the pen."""
    version = _version(request, numero)
    try:
        redaction.prendre(version=version, acteur=request.acteur)
        redaction.reprendre(version=version, acteur=request.acteur, saisie=_saisie(request))
        messages.warning(
            request, "Relisez avant d’enregistrer : cette saisie remplace ce que d’autres ont écrit depuis."
        )
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return redirect("fiches:rediger", numero=numero)


def _saisie(request: Requete) -> int:
    cle = request.POST.get("saisie", "")
    if not cle.isdecimal():
        raise Http404
    return int(cle)
