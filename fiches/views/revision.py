from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from convention.requete import Requete
from fiches import policies, redaction, workflow
from fiches.lecture import adresse_de_comparaison, fiches_de, ouverte, pour
from fiches.models import VersionFiche
from transitions.workflow import TransitionRefusee

# The transitions a button may ask for, each with what the référente reads next.
AVANCEES = {
    "soumettre_lecture": (
        workflow.soumettre_lecture,
        "Texte soumis : les neuf partenaires peuvent le lire et le commenter.",
    ),
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
    redaction.prendre(version=version, acteur=request.acteur)
    messages.success(
        request, f"Version {version.numero} ouverte. Elle reprend le texte en vigueur : modifiez-le, puis soumettez-la."
    )
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
    suite = request.POST["geste"] == "soumettre_lecture"
    return redirect(adresse_de_comparaison(version)) if suite else redirect("fiches:fiche", numero=numero)
