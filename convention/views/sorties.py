"""The two ways out, on two pages: one partner denounces, or the whole convention is terminated."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.elevation import eleve
from convention import fins, regles
from convention.forms_accord import FinForm
from convention.models import Convention
from convention.requete import Requete
from convention.views.consultation import convention_ou_404
from presentation.temps import date_fr
from transitions.verdict import Verdict
from transitions.workflow import TransitionRefusee


@require_http_methods(["GET", "POST"])
@eleve
def denoncer(request: Requete, code: str) -> HttpResponse:
    """Take one's institution out of the convention."""
    lue = convention_ou_404(request, code)
    trouve = regles.partie_a_denoncer(lue, request.acteur)
    if isinstance(trouve, Verdict):
        raise PermissionDenied(trouve.raison)
    mots = {
        "titre": "Dénoncer la convention",
        "explication": f"{trouve[0].institution.nom} sort de la convention, qui continue entre les autres partenaires.",
        "pendant": "Pendant le préavis, votre institution reste liée\u00a0: ses signatures et ses avis restent requis.",
        "bouton": "Notifier la dénonciation",
    }
    engagement = "Je comprends que cet acte ne s’annule pas\u00a0: revenir demandera un avenant d’adhésion."
    return _fin(request, lue, fins.denoncer, mots, engagement)


@require_http_methods(["GET", "POST"])
@eleve
def resilier(request: Requete, code: str) -> HttpResponse:
    """End the convention for everybody."""
    lue = convention_ou_404(request, code)
    verdict = regles.peut_resilier(lue, request.acteur)
    if not verdict:
        raise PermissionDenied(verdict.raison)
    mots = {
        "titre": "Résilier la convention",
        "explication": "La convention prend fin pour tous les partenaires.",
        "pendant": "Pendant le préavis, le texte reste en vigueur. Un avenant en préparation est abandonné aussitôt.",
        "bouton": "Prononcer la résiliation",
    }
    return _fin(request, lue, fins.resilier, mots, "Je comprends que cet acte ne s’annule pas.")


def _fin(
    request: Requete, lue: Convention, verbe: Callable[..., Any], mots: dict[str, str], engagement: str
) -> HttpResponse:
    effet = fins.effet_de(lue)
    form = FinForm(request.POST or None, engagement=engagement)
    if request.method == "POST" and form.is_valid():
        try:
            verbe(convention=lue, acteur=request.acteur, motif=form.cleaned_data["motif"])
        except TransitionRefusee as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, f"C’est enregistré. Date d’effet\u00a0: {date_fr(effet)}.")
            return redirect("convention:page", code=lue.code)
    return render(request, "convention/fin.html", {"convention": lue, "form": form, "effet": effet, **mots})
