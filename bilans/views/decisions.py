"""The decisions of the committees: who carries what, by when, and what became of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from bilans import decisions
from bilans.forms_comite import SuiteForm
from bilans.models import Decision
from bilans.reunions import peut_conduire, peut_lire_reunions, reunions_de
from convention.requete import Requete
from transitions.workflow import TransitionRefusee

CLOSES = 50


@require_GET
def liste(request: Requete) -> HttpResponse:
    return _page(request)


def _page(request: Requete, en_erreur: SuiteForm | None = None, de: int = 0) -> HttpResponse:
    """What is to do, the nearest day first; `en_erreur` is the form that came back for the decision `de`."""
    acteur = request.acteur
    connues = decisions.decisions_de(acteur)
    verdict = peut_lire_reunions(acteur)
    if not verdict and not reunions_de(acteur).exists():
        raise PermissionDenied(verdict.raison)
    jour = timezone.localdate()
    ouvertes: list[dict[str, Any]] = [
        {
            "decision": decision,
            "retard": decision.echeance < jour,
            "jours": (decision.echeance - jour).days,
            "suivre": decisions.peut_suivre(decision, acteur),
            "form": en_erreur if de == decision.pk else SuiteForm(auto_id=f"d{decision.pk}-%s"),
        }
        for decision in connues.filter(close_le=None)
    ]
    miennes = [ligne for ligne in ouvertes if ligne["decision"].institution_id in acteur.institutions]
    contexte = {
        "en_erreur": en_erreur,
        "miennes": miennes,
        "autres": [ligne for ligne in ouvertes if ligne not in miennes],
        "closes": connues.exclude(close_le=None).order_by("-close_le", "-pk")[:CLOSES],
    }
    return render(request, "bilans/decisions.html", contexte)


@require_POST
def suivre(request: Requete, decision: int) -> HttpResponse:
    """Say what became of a decision; who may read it without carrying it is told why not."""
    ligne: Decision = get_object_or_404(decisions.decisions_de(request.acteur), pk=decision)
    porte = ligne.institution_id in request.acteur.institutions
    if not porte and not peut_conduire(ligne.reunion.convention, request.acteur):
        raise PermissionDenied("L’institution qui porte la décision, ou la référente, dit ce qu’elle devient.")
    form = SuiteForm(request.POST, auto_id=f"d{ligne.pk}-%s")
    if not form.is_valid():
        return _page(request, form, ligne.pk)
    try:
        decisions.clore(decision=ligne, acteur=request.acteur, **form.cleaned_data)
        messages.success(request, "Votre suite est enregistrée. Le comité la lira à sa prochaine réunion.")
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return redirect("bilans:decisions")
