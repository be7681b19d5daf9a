"""Deciding not to report, for a reason, and looking at the situation again."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from convention.requete import Requete
from signalements import policies, sans_signaler
from signalements.contenu import rassembler
from signalements.controles import CONTROLES
from signalements.forms.sans_envoi import REEVALUATION, DecisionForm
from signalements.views.acces import est_brouillon, lire_comme_auteur, numero_fiche
from transitions.workflow import TransitionRefusee


def decision(request: Requete, cle: UUID) -> HttpResponse:
    """Decide not to report, for a reason, until a day."""
    lu = lire_comme_auteur(request, cle)
    if not est_brouillon(lu):
        return redirect("signalements:suivi", cle=cle)
    if not (verdict := policies.peut_transmettre(lu.dossier, request.acteur)):
        raise PermissionDenied(verdict.raison)
    avis = CONTROLES["C59"](replace(rassembler(lu, request.acteur), non_signalement=True))
    form = DecisionForm(
        request.POST or None,
        avis=avis.message if avis else "",
        initial={"date_reevaluation": timezone.localdate() + REEVALUATION},
    )
    if request.method == "POST" and form.is_valid():
        sans_signaler.decider_non_signalement(
            dossier=lu.dossier,
            acteur=request.acteur,
            motif=form.cleaned_data["motif"],
            date_reevaluation=form.cleaned_data["date_reevaluation"],
        )
        messages.success(request, "Votre décision est enregistrée. La situation sera à réévaluer à la date choisie.")
        return redirect("signalements:suivi", cle=cle)
    return render(request, "signalements/decision.html", {"lu": lu, "form": form, "fiche": numero_fiche(lu.dossier)})


@require_POST
def reevaluer(request: Requete, cle: UUID) -> HttpResponse:
    lu = lire_comme_auteur(request, cle)
    try:
        sans_signaler.clore_decision(dossier=lu.dossier, acteur=request.acteur)
    except TransitionRefusee as refus:
        raise PermissionDenied(str(refus)) from refus
    messages.success(request, "Situation réévaluée. Si le danger est là, commencez un nouveau signalement.")
    return redirect("signalements:suivi", cle=cle)
