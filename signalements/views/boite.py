"""The recipient's worklist: tabs, filters, kept views, acknowledgement of several reports at once."""

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.roles import Role
from convention.acteur import Acteur, Place
from convention.requete import Requete
from dossiers.boite import boite, compter
from dossiers.models import Dossier
from dossiers.models.dossier import Nature
from dossiers.vues import TropDeVues, garder_vue, miennes, retirer_vue
from signalements import instruction, policies
from signalements.filtres import CHOIX, VUES, Filtres
from signalements.listes import lignes_boite
from signalements.saisies import VueForm
from transitions.workflow import TransitionRefusee

LISTE = "parquet"
TITRES = {
    Role.PARQUET: ("Boîte de réception", "Les signalements et les demandes adressés à votre service."),
    Role.PREFECTURE: ("Alertes reçues", "Ce que l’hôpital adresse à la préfecture."),
    Role.CRIP: ("Informations reçues", "Ce que l’hôpital adresse à la cellule départementale."),
    Role.ARS: ("Signalements reçus", "Ce que l’hôpital adresse à la cellule de l’ARS."),
    Role.ENQUETEUR: ("Boîte de réception", "Ce que l’hôpital adresse à votre unité. Vos réquisitions ont leur liste."),
    Role.DOUANES: ("Boîte de réception", "Ce que l’hôpital adresse à votre brigade. Vos réquisitions ont leur liste."),
}
LIBELLES = {"nature": "Nature", "urgence": "Danger", "suivi": "Suivi par"}
# Who writes requisitions too has them in a list of its own.
UNITES = frozenset({Role.ENQUETEUR, Role.DOUANES})
RECUES = (Nature.SIGNALEMENT.value, Nature.DECLARATION.value)
COLONNES = [
    {"libelle": "Choisir", "cache": True},
    {"libelle": "Situation"},
    {"libelle": "Danger, personne"},
    {"libelle": "Origine"},
    {"libelle": "Reçu"},
    {"libelle": "Échéance", "tri": "ascending"},
    {"libelle": "État"},
    {"libelle": "Suivi par"},
]


@require_GET
def parquet(request: Requete) -> HttpResponse:
    """By remaining time. No name ever stands in it."""
    return _montrer(request, Filtres.lire(request.GET), VueForm())


def _place(acteur: Acteur) -> Place:
    place = acteur.place(*policies.DESTINATAIRES)
    if place is None:
        raise PermissionDenied("Cette boîte est celle des destinataires de signalements.")
    return place


def _montrer(request: Requete, filtres: Filtres, form: VueForm) -> HttpResponse:
    acteur = request.acteur
    place = _place(acteur)
    natures = RECUES if place.role in UNITES else ()
    criteres = filtres.criteres(natures)
    page = boite(acteur, recents=filtres.page.recents, apres=request.GET.get("apres", ""), **criteres)
    lignes = lignes_boite(page.lignes, acteur)
    titre, chapeau = TITRES[place.role]
    contexte = {
        "titre": titre,
        "chapeau": chapeau,
        "lignes": lignes,
        "plusieurs": any(ligne.a_accuser for ligne in lignes),
        "suivante": filtres.adresse(apres=page.suivante) if page.suivante else "",
        "onglets": _onglets(acteur, filtres, natures),
        "filtres": filtres,
        "choix": _choix(filtres, natures),
        "vues": [(vue, Filtres.lire(vue.filtres).adresse()) for vue in miennes(acteur, LISTE)],
        "form": form,
        "colonnes": COLONNES,
        "recents": filtres.page.recents,
        "maintenant": timezone.now(),
    }
    return render(request, "signalements/parquet.html", contexte)


def _choix(filtres: Filtres, natures: tuple[str, ...]) -> list[tuple[str, str, list[tuple[str, str]], str]]:
    """The drop-downs: name, label, options, present one."""
    admis = {*natures, ""}
    return [
        (
            nom,
            libelle,
            [(code, mots) for code, mots in CHOIX[nom] if nom != "nature" or not natures or code in admis],
            getattr(filtres, nom),
        )
        for nom, libelle in LIBELLES.items()
    ]


def _onglets(acteur: Acteur, filtres: Filtres, natures: tuple[str, ...]) -> list[dict[str, Any]]:
    """Counts stop at a thousand; closed cases are not counted."""
    onglets = []
    for code, vue in VUES.items():
        sous = filtres.sur(code)
        compte = compter(acteur, **sous.criteres(natures)) if vue.comptee else None
        ton = "danger" if code in {"a_traiter", "danger"} and compte else "mute"
        onglets.append(
            {
                "libelle": vue.libelle,
                "url": sous.adresse(),
                "actif": code == filtres.vue,
                "compte": compte,
                "ton": ton,
            }
        )
    return onglets


def _retour(filtres: Filtres) -> HttpResponse:
    return redirect(reverse("signalements:parquet") + filtres.adresse())


@require_POST
def accuser_plusieurs(request: Requete) -> HttpResponse:
    """One acknowledgement each: a case that refuses says why and stops no other."""
    acteur, filtres = request.acteur, Filtres.lire(request.POST)
    _place(acteur)
    cles = {cle for cle in map(_cle, request.POST.getlist("dossier")) if cle}
    if not cles:
        messages.warning(request, "Cochez au moins un signalement, puis recommencez.")
        return _retour(filtres)
    accuses = 0
    for dossier in Dossier.objects.visibles_par(acteur).filter(cle__in=cles).order_by("pk"):
        try:
            with transaction.atomic():
                instruction.accuser_reception(dossier=dossier, acteur=acteur)
            accuses += 1
        except TransitionRefusee as refus:
            messages.warning(request, f"{dossier.reference}\u00a0: {refus}")
    if accuses:
        s = "s" if accuses > 1 else ""
        messages.success(request, f"Réception accusée pour {accuses} signalement{s}. Leurs auteurs en sont informés.")
    return _retour(filtres)


def _cle(valeur: str) -> UUID | None:
    try:
        return uuid.UUID(valeur)
    except ValueError:
        return None


@require_POST
def garder(request: Requete) -> HttpResponse:
    """Keep the present filters under a name."""
    filtres = Filtres.lire(request.POST)
    _place(request.acteur)
    form = VueForm(request.POST)
    if form.is_valid():
        try:
            garder_vue(liste=LISTE, nom=form.cleaned_data["nom"], filtres=filtres.choisis, acteur=request.acteur)
        except TropDeVues as refus:
            form.add_error("nom", str(refus))
        else:
            messages.success(request, "Vue gardée. Elle n’est visible que de vous.")
            return _retour(filtres)
    return _montrer(request, filtres, form)


@require_POST
def retirer(request: Requete, cle: UUID) -> HttpResponse:
    """One's own only; another's does not exist."""
    if not retirer_vue(cle=cle, acteur=request.acteur):
        raise Http404
    messages.success(request, "Vue retirée.")
    return redirect("signalements:parquet")
