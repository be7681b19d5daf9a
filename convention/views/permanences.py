"""The duty roster of a service, week by week: the parquet's is the same page."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.roles import Role
from convention import permanences, policies
from convention.creneaux import UN_JOUR, semaine
from convention.forms_annuaire import Creneau
from convention.gardes import trous_de
from convention.models import Permanence, Service
from convention.permanences import PermanenceRefusee
from convention.requete import Requete
from convention.views.annuaire import service_ou_404


def _lu(request: Requete, cle: UUID) -> Service:
    """A roster names persons: outside the institution it is refused."""
    service = service_ou_404(request, cle)
    verdict = policies.peut_lire_permanences(request.acteur, service)
    if not verdict:
        raise PermissionDenied(verdict.raison)
    return service


def _tenu(request: Requete, cle: UUID) -> Service:
    service = _lu(request, cle)
    verdict = policies.peut_tenir_permanences(request.acteur, service)
    if not verdict:
        raise PermissionDenied(verdict.raison)
    return service


@require_GET
def parquet(request: Requete) -> HttpResponse:
    """The roster of the reader's own parquet service."""
    place = request.acteur.place(Role.PARQUET)
    if place is None:
        raise PermissionDenied("Ce tableau est celui du parquet.")
    return redirect("convention:permanences", service=Service.objects.get(pk=place.service_id).cle)


@require_GET
def tableau(request: Requete, service: UUID) -> HttpResponse:
    """One week, what nobody holds in the next thirty days, and the last day that is filled."""
    trouve = _lu(request, service)
    jour = _jour(request.GET.get("semaine", ""))
    debut, fin = semaine(jour)
    lignes = trouve.permanences.filter(debut__lt=fin, fin__gt=debut).select_related("titulaire")
    maintenant = timezone.now()
    derniere = trouve.permanences.order_by("-fin").values_list("fin", flat=True).first()
    contexte = {
        "service": trouve,
        "lignes": [(creneau, _moment(creneau, maintenant)) for creneau in lignes.order_by("debut", "rang", "pk")],
        "lundi": debut,
        "dimanche": fin - UN_JOUR,
        "precedente": (jour - timedelta(days=7)).isoformat(),
        "suivante": (jour + timedelta(days=7)).isoformat(),
        "trous": trous_de([trouve.pk], maintenant)[trouve.pk] if trouve.permanence else [],
        "derniere": derniere,
        "tient": policies.peut_tenir_permanences(request.acteur, trouve),
    }
    return render(request, "convention/permanences.html", contexte)


def _jour(texte: str) -> date:
    """The day asked for; today when it is not one, or is out of reach."""
    try:
        jour = date.fromisoformat(texte)
    except ValueError:
        return timezone.localdate()
    return jour if 2000 <= jour.year <= 2100 else timezone.localdate()


def _moment(creneau: Permanence, maintenant: Any) -> str:
    if creneau.fin <= maintenant:
        return "passee"
    return "en_cours" if creneau.debut <= maintenant else "a_venir"


@require_http_methods(["GET", "POST"])
def nouvelle(request: Requete, service: UUID) -> HttpResponse:
    trouve = _tenu(request, service)
    form = Creneau(request.POST or None, service=trouve)
    if request.method == "POST" and form.is_valid():
        try:
            creneau = permanences.inscrire(service=trouve, saisie=form.saisie(), acteur=request.acteur)
        except PermanenceRefusee as refus:
            form.add_error(refus.champ if refus.champ in form.fields else None, str(refus))
        else:
            return _vers(request, trouve, creneau, "Permanence inscrite.")
    return render(request, "convention/creneau.html", {"service": trouve, "form": form, "creneau": None})


@require_http_methods(["GET", "POST"])
def modifier(request: Requete, service: UUID, numero: int) -> HttpResponse:
    trouve = _tenu(request, service)
    creneau = get_object_or_404(trouve.permanences.select_related("titulaire"), pk=numero)
    commence = creneau if creneau.debut <= timezone.now() else None
    initial = {nom: getattr(creneau, nom) for nom in ("titulaire", "debut", "fin", "rang", "telephone")}
    form = Creneau(request.POST or None, service=trouve, commence=commence, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            creneau = permanences.modifier(creneau=creneau, saisie=form.saisie(), acteur=request.acteur)
        except PermanenceRefusee as refus:
            form.add_error(refus.champ if refus.champ in form.fields else None, str(refus))
        else:
            return _vers(request, trouve, creneau, "Permanence modifiée.")
    return render(request, "convention/creneau.html", {"service": trouve, "form": form, "creneau": creneau})


@require_POST
def terminer(request: Requete, service: UUID, numero: int) -> HttpResponse:
    """End a running slot now, or take away one to come."""
    trouve = _tenu(request, service)
    creneau = get_object_or_404(trouve.permanences, pk=numero)
    try:
        permanences.terminer(creneau=creneau, acteur=request.acteur)
    except PermanenceRefusee as refus:
        messages.error(request, str(refus))
        return redirect("convention:permanences", service=trouve.cle)
    return _vers(request, trouve, creneau, "Permanence terminée ou retirée. Vérifiez que quelqu’un prend la suite.")


def _vers(request: Requete, service: Service, creneau: Permanence, phrase: str) -> HttpResponse:
    """Back to the week of the slot."""
    messages.success(request, phrase)
    adresse = redirect("convention:permanences", service=service.cle)
    adresse["Location"] += f"?semaine={timezone.localdate(creneau.debut).isoformat()}"
    return adresse
