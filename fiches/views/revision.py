from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from convention.requete import Requete
from fiches import contenu as contenus
from fiches import policies, retours, workflow
from fiches.forms import Redacteur
from fiches.lecture import adresse_de_comparaison, fiches_de, ouverte, pour
from fiches.models import Redaction, VersionFiche
from fiches.positions import positions
from fiches.workflow import WORKFLOW
from transitions.workflow import TransitionRefusee

# The transitions a button may ask for, each with what the référente reads next.
AVANCEES = {
    "soumettre_lecture": (
        workflow.soumettre_lecture,
        "Texte soumis : les neuf partenaires peuvent le lire et le commenter.",
    ),
    "ouvrir_approbation": (workflow.ouvrir_approbation, "Approbation ouverte : chaque partenaire donne son avis."),
    "mettre_en_vigueur": (workflow.mettre_en_vigueur, "La version est en vigueur. L’ancienne est remplacée."),
    "abandonner": (workflow.abandonner, "Le projet est abandonné. La version en vigueur ne change pas."),
    "abroger": (workflow.abroger, "La fiche est abrogée."),
}


def version_ouverte(request: Requete, numero: int) -> VersionFiche:
    """The version in preparation, or 404 for those who may not see it."""
    version = ouverte(get_object_or_404(fiches_de(request.acteur), numero=numero))
    if version is None or not policies.peut_voir_version(version, request.acteur):
        raise Http404
    return version


@require_POST
def proposer(request: Requete, numero: int) -> HttpResponse:
    try:
        fiche = get_object_or_404(fiches_de(request.acteur), numero=numero)
        version = workflow.proposer(fiche=fiche, acteur=request.acteur)
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
        return redirect("fiches:fiche", numero=numero)
    messages.success(
        request, f"Version {version.numero} ouverte. Elle reprend le texte en vigueur : modifiez-le, puis soumettez-la."
    )
    return redirect("fiches:rediger", numero=numero)


def rediger(request: Requete, numero: int) -> HttpResponse:
    """The text block by block. What is typed is kept every five seconds; only « Enregistrer » changes the text."""
    version = version_ouverte(request, numero)
    verdict = policies.peut_rediger(version, request.acteur)
    if not verdict:
        raise PermissionDenied(verdict.raison)
    contenu = contenus.lire(version.contenu)
    saisie = request.POST if request.method == "POST" else _saisie(version, request)
    redacteur = Redacteur(contenu, version.titre, version.motif, version.version, data=saisie)
    erreurs: list[str] = []
    if request.method == "POST" and redacteur.is_valid():
        erreurs = _enregistrer(request, version, redacteur)
        if not erreurs:
            return redirect("fiches:rediger", numero=numero)
    return render(request, "fiches/rediger.html", _contexte_redaction(request, version, redacteur, erreurs, saisie))


def _saisie(version: VersionFiche, request: Requete) -> QueryDict | None:
    """What this person was typing when leaving the page, if the text has not changed since."""
    redaction = Redaction.objects.filter(version_fiche=version, auteur_id=request.acteur.utilisateur_id).first()
    if redaction is None or redaction.version_lue != version.version:
        return None
    saisie = QueryDict(mutable=True)
    for nom, valeurs in redaction.saisie.items():
        saisie.setlist(nom, valeurs)
    return saisie


def _enregistrer(request: Requete, version: VersionFiche, redacteur: Redacteur) -> list[str]:
    """Write the text and say which opinions lapsed; returns the sentences that prevented it."""
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
        return [probleme.message for probleme in faute.problemes]
    except TransitionRefusee as refus:
        return [str(refus)]
    messages.success(request, "Le texte est enregistré.")
    if tombes:
        messages.warning(request, f"Le texte a changé : ces avis tombent et sont à redonner : {', '.join(tombes)}.")
    return []


def _contexte_redaction(
    request: Requete, version: VersionFiche, redacteur: Redacteur, erreurs: list[str], saisie: Any
) -> dict[str, Any]:
    autres = Redaction.objects.filter(version_fiche=version).exclude(auteur_id=request.acteur.utilisateur_id)
    visibles = {"soumettre_lecture", "ouvrir_approbation", "mettre_en_vigueur", "abandonner"}
    return {
        "version": version,
        "fiche": version.fiche,
        "retours": retours.vus_par(version, request.acteur),
        "etat": WORKFLOW.etats[version.etat],
        "redacteur": redacteur,
        "erreurs": erreurs,
        "reprise": request.method == "GET" and saisie is not None,
        "autres": autres.select_related("auteur"),
        "actions": [ligne for ligne in WORKFLOW.disponibles(version, request.acteur) if ligne[0].nom in visibles],
        "visas": [position for position in positions(version) if position.visa],
        "precedente": version.fiche.versions.filter(effet_le__isnull=False).order_by("-rang").first(),
    }


@require_POST
def garder(request: Requete, numero: int) -> HttpResponse:
    """Autosave: 409 when the text was saved from another window meanwhile."""
    version = version_ouverte(request, numero)
    if request.POST.get("version") != str(version.version):
        return JsonResponse({}, status=409)
    saisie = {nom: request.POST.getlist(nom) for nom in request.POST if nom != "csrfmiddlewaretoken"}
    request.sans_trace = True
    try:
        workflow.garder(version=version, acteur=request.acteur, saisie=saisie)
    except TransitionRefusee as refus:
        raise PermissionDenied(str(refus)) from refus
    return JsonResponse({"version": version.version})


@require_POST
def oublier(request: Requete, numero: int) -> HttpResponse:
    """Come back to the saved text."""
    version = version_ouverte(request, numero)
    Redaction.objects.filter(version_fiche=version, auteur_id=request.acteur.utilisateur_id).delete()
    messages.info(request, "Vous êtes revenue au texte enregistré.")
    return redirect("fiches:rediger", numero=numero)


@require_POST
def avancer(request: Requete, numero: int, cle: str) -> HttpResponse:
    """One transition asked by a button; the version is named, so that a late click cannot move another one."""
    version = get_object_or_404(
        VersionFiche.objects.select_related("fiche__thematique__convention"),
        pour(request.acteur),
        cle=cle,
        fiche__numero=numero,
    )
    if not policies.peut_voir_version(version, request.acteur):
        raise Http404
    verbe, phrase = AVANCEES.get(request.POST.get("geste", ""), (None, ""))
    if verbe is None:
        raise Http404
    try:
        verbe(version=version, acteur=request.acteur)
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
        return redirect(adresse_de_comparaison(version))
    messages.success(request, phrase)
    suite = request.POST["geste"] in {"soumettre_lecture", "ouvrir_approbation"}
    return redirect(adresse_de_comparaison(version)) if suite else redirect("fiches:fiche", numero=numero)
