"""Who holds the office of an institution, who signs by delegation, and the change that hands all of it over."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.elevation import eleve
from convention import mandats, regles, succession
from convention.etats import E
from convention.forms_accord import DelegationForm, TitulaireForm
from convention.models import Delegation, Institution, VersionConvention
from convention.parties import manquantes
from convention.portee import institutions_de
from convention.requete import Requete
from transitions.workflow import TransitionRefusee


def _institution(request: Requete, code: str) -> Institution:
    """An institution whose office-holders this person may read: its members, and the référente."""
    institution = get_object_or_404(institutions_de(request.acteur), code=code)
    if institution.pk not in request.acteur.institutions and not regles.peut_nommer(institution, request.acteur):
        raise PermissionDenied("Les délégations se lisent dans leur institution, et par la référente.")
    return institution


def _attendues(institution: Institution) -> list[VersionConvention]:
    """The texts that wait for the signature of this institution, whoever holds the office."""
    ouvertes = VersionConvention.objects.filter(etat=E.EN_SIGNATURE).select_related("convention", "institution_admise")
    return [version for version in ouvertes if institution in manquantes(version)]


@require_GET
def page(request: Requete, code: str) -> HttpResponse:
    """The holder, the former ones, the delegations, and what waits for a signature."""
    return _page(request, _institution(request, code))


def _page(request: Requete, institution: Institution, form: DelegationForm | None = None) -> HttpResponse:
    deleguer = regles.peut_deleguer(institution, request.acteur)
    lus: Any = institution.mandats.select_related("utilisateur").prefetch_related("delegations__delegataire")
    contexte = {
        "institution": institution,
        "mandats": list(lus),
        "attendues": _attendues(institution),
        "demandes": succession.en_attente(institution),
        "nommer": regles.peut_nommer(institution, request.acteur),
        "deleguer": deleguer,
        "form": form or (DelegationForm(institution=institution) if deleguer else None),
    }
    return render(request, "convention/titulaires.html", contexte)


@require_http_methods(["GET", "POST"])
@eleve
def changer(request: Requete, code: str) -> HttpResponse:
    """Ask for one act: the former mandate ends, the new one begins, delegations and pending signatures follow."""
    institution = _institution(request, code)
    verdict = regles.peut_nommer(institution, request.acteur)
    if not verdict:
        raise PermissionDenied(verdict.raison)
    ancien = mandats.titulaire(institution)
    ouvertes = ancien.delegations.filter(fin_le=None) if ancien else Delegation.objects.none()
    form = TitulaireForm(request.POST or None, institution=institution, delegations=ouvertes)
    if request.method == "POST" and form.is_valid():
        saisi = dict(form.cleaned_data)
        saisi["reprises"] = {delegation.pk for delegation in saisi.get("reprises", ())}
        try:
            succession.demander(institution=institution, acteur=request.acteur, **saisi)
        except TransitionRefusee as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, "Votre demande attend une seconde personne. Elle expire dans 24 heures.")
            return redirect("convention:titulaires", code=code)
    contexte = {"institution": institution, "ancien": ancien, "attendues": _attendues(institution), "form": form}
    return render(request, "convention/changer_titulaire.html", contexte)


@require_POST
@eleve
def deleguer(request: Requete, code: str) -> HttpResponse:
    """The holder lets a colleague sign."""
    institution = _institution(request, code)
    form = DelegationForm(request.POST, institution=institution)
    if form.is_valid():
        try:
            mandats.deleguer(institution=institution, acteur=request.acteur, **form.cleaned_data)
        except TransitionRefusee as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, "La délégation est enregistrée.")
            return redirect("convention:titulaires", code=code)
    return _page(request, institution, form)


@require_POST
@eleve
def terminer(request: Requete, code: str, numero: int) -> HttpResponse:
    """The holder takes a delegation back."""
    institution = _institution(request, code)
    delegation = get_object_or_404(Delegation, pk=numero, mandat__institution=institution)
    try:
        mandats.terminer_delegation(delegation=delegation, acteur=request.acteur)
        messages.success(request, "La délégation est terminée.")
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return redirect("convention:titulaires", code=code)
