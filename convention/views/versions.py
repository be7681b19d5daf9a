"""The versions of a convention: read, compare, draft, open to signature, sign."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.elevation import eleve
from convention import articles, regles, workflow
from convention.etats import OUVERTS
from convention.forms_accord import AvenantForm, Redacteur, SignatureForm
from convention.models import Institution, VersionConvention
from convention.parties import lignes_de, obligatoires, phrase_des_manquantes
from convention.requete import Requete
from convention.textes import changements, precedente
from convention.views.consultation import convention_ou_404
from convention.workflow import WORKFLOW
from transitions.verdict import Verdict
from transitions.workflow import TransitionRefusee

AVANCEES = {
    "ouvrir_signature": (workflow.ouvrir_signature, "Le texte est figé et ouvert à la signature des partenaires."),
    "abandonner": (workflow.abandonner, "Ce texte est abandonné. Le texte en vigueur ne change pas."),
}


def version_ou_404(request: Requete, code: str, numero: str) -> VersionConvention:
    lue = convention_ou_404(request, code)
    version = VersionConvention.objects.filter(convention=lue, numero=numero).first()
    if version is None:
        raise Http404
    version.convention = lue
    if not regles.peut_voir_version(version, request.acteur):
        raise Http404
    return version


@require_GET
def version(request: Requete, code: str, numero: str) -> HttpResponse:
    """The whole text, what changed, and who signed it."""
    lue = version_ou_404(request, code, numero)
    lignes = lignes_de(lue)
    manquantes = sum(not ligne.signee for ligne in lignes)
    disponibles = WORKFLOW.disponibles(lue, request.acteur)
    contexte = {
        "convention": lue.convention,
        "version": lue,
        "etat": WORKFLOW.etats[lue.etat],
        "texte": articles.lire(lue.contenu),
        "avant": precedente(lue),
        "changes": changements(lue),
        "lignes": lignes,
        "manque": phrase_des_manquantes(manquantes),
        "manquantes": manquantes,
        "ouverte": lue.etat in OUVERTS,
        "signer": regles.peut_signer(lue, request.acteur),
        "rediger": regles.peut_rediger(lue, request.acteur),
        "referente": regles.est_referente(lue.convention, request.acteur),
        "actions": [ligne for ligne in disponibles if ligne[0].nom in AVANCEES],
    }
    return render(request, "convention/version.html", contexte)


@require_http_methods(["GET", "POST"])
def proposer(request: Requete, code: str) -> HttpResponse:
    """Open an amendment; it may admit an institution."""
    lue = convention_ou_404(request, code)
    verdict = regles.peut_proposer(lue, request.acteur)
    if not verdict:
        raise PermissionDenied(verdict.raison)
    dehors = Institution.objects.exclude(pk__in=[institution.pk for institution in obligatoires(lue)])
    form = AvenantForm(request.POST or None, institutions=dehors)
    if request.method == "POST" and form.is_valid():
        saisi = form.cleaned_data
        try:
            avenant = workflow.proposer(
                convention=lue,
                acteur=request.acteur,
                motif=saisi["motif"],
                effet_le=saisi["effet_le"],
                institution_admise=saisi["institution"],
            )
        except TransitionRefusee as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, f"{avenant.intitule} ouvert. Il reprend le texte en vigueur\u00a0: modifiez-le.")
            return redirect("convention:rediger", code=code, numero=avenant.numero)
    return render(request, "convention/proposer.html", {"convention": lue, "form": form})


@require_http_methods(["GET", "POST"])
def rediger(request: Requete, code: str, numero: str) -> HttpResponse:
    """The articles of a draft, one after the other; « Enregistrer » writes all of them."""
    lue = version_ou_404(request, code, numero)
    verdict = regles.peut_rediger(lue, request.acteur)
    if not verdict:
        raise PermissionDenied(verdict.raison)
    redacteur = Redacteur(articles.lire(lue.contenu), lue.motif, lue.version, request.POST or None)
    if request.method == "POST" and redacteur.is_valid() and _enregistrer(request, lue, redacteur):
        messages.success(request, "Le texte est enregistré.")
        return redirect("convention:version", code=code, numero=numero)
    contexte = {"convention": lue.convention, "version": lue, "redacteur": redacteur, "form": redacteur.entete}
    return render(request, "convention/rediger.html", contexte)


def _enregistrer(request: Requete, lue: VersionConvention, redacteur: Redacteur) -> bool:
    saisi: dict[str, Any] = redacteur.entete.cleaned_data
    try:
        workflow.rediger(
            version=lue,
            acteur=request.acteur,
            textes=redacteur.textes(),
            motif=saisi["motif"],
            effet_le=saisi["effet_le"],
            version_lue=saisi["version"],
        )
    except TransitionRefusee as refus:
        redacteur.entete.add_error(None, str(refus))
        return False
    return True


@require_POST
def avancer(request: Requete, code: str, numero: str) -> HttpResponse:
    """One transition asked by a button."""
    lue = version_ou_404(request, code, numero)
    verbe, phrase = AVANCEES.get(request.POST.get("geste", ""), (None, ""))
    if verbe is None:
        raise Http404
    try:
        verbe(version=lue, acteur=request.acteur)
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, phrase)
    return redirect("convention:version", code=code, numero=numero)


@require_http_methods(["GET", "POST"])
@eleve
def signer(request: Requete, code: str, numero: str) -> HttpResponse:
    """The text, its hash in clear, and one button. Reached after a second factor of at most five minutes."""
    lue = version_ou_404(request, code, numero)
    trouve = regles.signe_pour(lue, request.acteur)
    if isinstance(trouve, Verdict):
        messages.error(request, trouve.raison)
        return redirect("convention:version", code=code, numero=numero)
    form = SignatureForm(request.POST or None, initial={"empreinte": lue.empreinte})
    if request.method == "POST" and form.is_valid():
        try:
            workflow.signer(version=lue, acteur=request.acteur, empreinte=form.cleaned_data["empreinte"])
        except TransitionRefusee as refus:
            messages.error(request, str(refus))
        else:
            messages.success(request, f"Vous avez signé pour {trouve[0]}.")
        return redirect("convention:version", code=code, numero=numero)
    institution, (mandat, delegation) = trouve
    contexte = {
        "convention": lue.convention,
        "version": lue,
        "texte": articles.lire(lue.contenu),
        "changes": changements(lue),
        "institution": institution,
        "mandat": mandat,
        "delegation": delegation,
        "form": form,
    }
    return render(request, "convention/signer.html", contexte)
