"""The decision table asked a question: nothing is deposited, nothing is kept."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from convention.models import Service
from convention.requete import Requete
from fiches.models import ReferenceLegale
from requisitions.decision import Decision, Issue, decider
from requisitions.delais import source
from requisitions.forms.simulateur import SimulateurForm
from requisitions.models import LigneDecision
from requisitions.policies import peut_deposer, peut_simuler
from requisitions.table import lignes_en_vigueur
from requisitions.views.commun import permettre

TITRES = {
    Issue.ADMISE: ("ok", "Admise par la table"),
    Issue.A_CONFIRMER: ("warn", "À confirmer par le conseil"),
    Issue.REFUSEE: ("danger", "Non prévue : refusée par défaut"),
    Issue.AILLEURS: ("info", "Se demande ailleurs"),
}


@require_GET
def simulateur(request: Requete) -> HttpResponse:
    permettre(peut_simuler(request.acteur))
    precisions = LigneDecision.objects.exclude(precision="").order_by("precision").values_list("precision", flat=True)
    posees = {nom: valeur for nom, valeur in request.GET.items() if nom in SimulateurForm.base_fields}
    form = SimulateurForm(posees or None, precisions=list(precisions.distinct()))
    contexte: dict[str, Any] = {"form": form, "decision": None, "depose": bool(peut_deposer(request.acteur))}
    if form.is_bound and form.is_valid():
        contexte |= _reponse(request, form.cleaned_data)
    return render(request, "requisitions/simulateur.html", contexte)


def _reponse(request: Requete, choix: dict[str, Any]) -> dict[str, Any]:
    le = choix["le"] or timezone.localdate()
    decision = decider(
        lignes_en_vigueur(le), choix["cadre"], choix["type_acte"], choix["qualite"], le=le, precision=choix["precision"]
    )
    ton, titre = TITRES[decision.issue]
    return {
        "decision": decision,
        "ton": ton,
        "titre": titre,
        "le": le,
        "references": _references(decision),
        "delai_source": source(decision.ligne) if decision.ligne else "",
        "circuit": _circuit(request, decision),
    }


def _references(decision: Decision) -> list[ReferenceLegale]:
    if decision.ligne is None:
        return []
    return list(ReferenceLegale.objects.filter(cle__in=decision.ligne.articles).select_related("successeur"))


def _circuit(request: Requete, decision: Decision) -> list[str]:
    """Under the names this reader may read: outside the hospital, the front desk only."""
    if decision.ligne is None or decision.issue == Issue.AILLEURS:
        return []
    maison = next(iter(request.acteur.institutions), None)
    par_code = {service.code: service for service in Service.objects.filter(code__in=decision.ligne.circuit)}
    noms = [par_code[code].nom_pour(maison) for code in decision.ligne.circuit if code in par_code]
    return list(dict.fromkeys(noms))
