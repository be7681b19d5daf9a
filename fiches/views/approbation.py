"""Opinions awaited: the day by which they are, and who still owes one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from convention.requete import Requete
from fiches import echeances_avis, workflow
from fiches.forms_versions import EcheanceForm
from fiches.models import VersionFiche
from fiches.views.discussion import deux_versions, page_comparaison
from presentation.temps import date_fr
from transitions.workflow import TransitionRefusee


@require_POST
def fixer(request: Requete, numero: int, a: str, b: str) -> HttpResponse:
    """Open the approval with its day; once it is open, move the day."""
    avant, apres = deux_versions(request, numero, a, b)
    formulaire = EcheanceForm(request.POST)
    if not formulaire.is_valid():
        return page_comparaison(request, avant, apres, formulaire)
    jour, acteur = formulaire.cleaned_data["avis_avant"], request.acteur
    try:
        if apres.etat == VersionFiche.Etat.EN_APPROBATION:
            echeances_avis.fixer_echeance(version=apres, acteur=acteur, avis_avant=jour)
            messages.success(
                request, f"Les avis sont attendus au plus tard le {date_fr(jour)}. Les partenaires sont prévenus."
            )
        else:
            workflow.ouvrir_approbation(version=apres, acteur=acteur, avis_avant=jour)
            messages.success(
                request, f"Approbation ouverte : chaque partenaire donne son avis au plus tard le {date_fr(jour)}."
            )
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return redirect("fiches:comparer", numero=numero, a=a, b=b)


@require_GET
def avis_attendus(request: Requete) -> HttpResponse:
    """What this reader has to answer; for a référente, who is late on the texts that she follows."""
    attentes = echeances_avis.en_attente(request.acteur)
    suivies = echeances_avis.suivies(attentes, request.acteur)
    contexte = {
        "a_donner": echeances_avis.a_donner(attentes, request.acteur),
        "referente": bool(suivies),
        "en_retard": [attente for attente in suivies if attente.en_retard],
        "a_temps": [attente for attente in suivies if not attente.en_retard],
    }
    return render(request, "fiches/avis_attendus.html", contexte)
