"""The guard of the cases: an exceptional opening reads and never acts, and nobody carries the cases away."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from accounts.elevation import est_eleve
from accounts.models import User
from accounts.roles import Role
from convention.acteur import Acteur, rattachements_valides
from convention.requete import Requete
from dossiers import quotas
from dossiers.bris_de_glace import LECTURE_SEULE, en_lecture_seule
from dossiers.devoilement import quitter
from journal.models import Entree
from notifications.avis import prevenir
from notifications.boite_envoi import publier

SUJET = "dossier.alerte"
SURES = frozenset({"GET", "HEAD", "OPTIONS"})
# The floors below know of no case: their keys are people, files and requests of their own.
SANS_DOSSIER = frozenset({"accounts", "convention", "documents", "fiches"})
SALVE, FENETRE = 20, timedelta(minutes=10)
TEXTES = {
    "volume": "Volume inhabituel de consultations\u00a0: un compte est arrêté pour une heure",
    "refus": "Salve d’accès refusés\u00a0: un compte essaie des adresses",
    "recherches": "Recherches en série sans ouverture\u00a0: un compte cherche si des noms sont connus",
    "devoilements": "Identités affichées en série sans acte\u00a0: à examiner avec la personne",
    "nuit": "Consultations de nuit inhabituelles d’un compte qui n’est pas de garde",
    "lent": "Consultations nombreuses sur sept jours, sous la limite de chaque heure",
    "proche": "Une personne a ouvert un dossier au même nom que le sien, sans y agir",
}


class GardeDesDossiers:
    """Stands around `RequeteTracee`: decides inside its transaction, alerts after it, since a refusal rolls back."""

    def __init__(self, get_response: Callable[[Requete], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Requete) -> HttpResponse:
        response = self.get_response(request)
        acteur = getattr(request, "acteur", None)
        if acteur and response.status_code in {403, 404, 429}:
            genre = "volume" if getattr(request, "quota_depasse", False) else "refus"
            if genre == "volume" or _en_salve(acteur):
                with transaction.atomic():
                    alerter(genre, acteur)
        return response

    def process_view(
        self, request: Requete, vue: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        acteur, cle = request.acteur, kwargs.get("cle")
        if acteur is None:
            return None
        quitter(request)
        if cle and request.method not in SURES and en_lecture_seule(cle, acteur):
            return render(request, "403.html", {"raison": LECTURE_SEULE}, status=403)
        genre = _genre(request)
        return _compter(request, genre) if genre else None


def _genre(request: Requete) -> quotas.Genre | None:
    resolu = request.resolver_match
    if resolu is None:
        return None
    genre = quotas.VUES.get(resolu.view_name)
    if genre is quotas.Genre.RESULTAT:
        return genre if request.method == "POST" else None
    d_un_dossier = "cle" in resolu.kwargs and not SANS_DOSSIER.intersection(resolu.app_names)
    return genre or (quotas.Genre.OUVERTURE if d_un_dossier else None)


def _compter(request: Requete, genre: quotas.Genre) -> HttpResponse | None:
    resolu = request.resolver_match
    if resolu is None:
        return None
    compte = quotas.compter(request.acteur, genre, resolu.kwargs.get("cle"), resolu.view_name)
    if compte.arrete:
        request.quota_depasse = True  # type: ignore[attr-defined]
        return _refuser(request, f"{compte.phrase} Attendez une heure, ou appelez votre délégué.", arrete=True)
    if compte.a_confirmer and not est_eleve(request):
        return _refuser(request, f"{compte.phrase} Entrez votre code pour continuer.", arrete=False)
    if compte.a_prevenir:
        avis = quotas.PHRASES[genre].format(nombre=compte.nombre + compte.ajout)
        messages.warning(request, f"{avis} À {compte.limite}, votre code sera demandé.")
    return None


def _refuser(request: Requete, raison: str, *, arrete: bool) -> HttpResponse:
    retour = request.get_full_path() if request.method in SURES else reverse("accueil:racine")
    contexte = {"raison": raison, "confirmer": "" if arrete else _confirmer(retour)}
    reponse = render(request, "dossiers/quota.html", contexte, status=429)
    reponse["Retry-After"] = "3600"
    return reponse


def _confirmer(retour: str) -> str:
    return f"{reverse('accounts:elever')}?{urlencode({'next': retour})}"


def _en_salve(acteur: Acteur) -> bool:
    refus = Entree.objects.filter(
        acteur=acteur.cle, le__gt=timezone.now() - FENETRE, resultat__in=("refuse", "introuvable")
    )
    return refus.order_by()[:SALVE].count() >= SALVE


def alerter(genre: str, acteur: Acteur, *, par_jour: bool = False) -> None:
    """Tell data protection of the house, once an hour for a person and a kind, or once a day."""
    heure = f"{timezone.now():%Y%m%d}" if par_jour else f"{timezone.now():%Y%m%d%H}"
    publier(
        SUJET,
        cle_unique=f"alerte:{genre}:{acteur.cle}:{heure}",
        charge={"genre": genre, "heure": heure, "utilisateur": acteur.utilisateur_id},
    )


def prevenir_la_protection(charge: Mapping[str, Any]) -> None:
    """Carry out the outbox: the data protection of the person's houses, the account manager where there is none."""
    maisons = rattachements_valides().filter(utilisateur_id=charge["utilisateur"]).values("service__institution_id")
    ici = rattachements_valides().filter(service__institution_id__in=maisons).order_by()
    for role in (Role.DPO, Role.ADMIN_INSTITUTION):
        lignes = ici.filter(role=role).exclude(utilisateur_id=charge["utilisateur"]).values("utilisateur_id")
        personnes = User.objects.filter(Q(pk__in=lignes), is_active=True).order_by("pk")
        if personnes:
            break
    prevenir(
        personnes,
        cle_unique=f"alerte:{charge['genre']}:{charge['utilisateur']}:{charge['heure']}",
        texte=TEXTES[charge["genre"]],
        adresse=reverse("dossiers:exceptionnels"),
        reference="",
    )
