"""The journal in words: keys become people and references for the DPO who may read them."""

import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from dossiers.models import Dossier
from journal.models import Entree
from presentation.temps import NBSP

MOTS = {
    "lire": ("Page ouverte", "mute", "eye"),
    "agir": ("Action", "info", "check"),
    "se_connecter": ("Connexion", "info", "key"),
    "telecharger": ("Pièce téléchargée", "warn", "download"),
    "ouvrir_lettre": ("Contenu ouvert", "warn", "eye"),
    "afficher_identite": ("Identité affichée", "warn", "eye"),
    "rattacher": ("Rattachement créé", "info", "user"),
}
REFUS = {"refuse": "Accès refusé", "introuvable": "Page introuvable"}
PERIODES = {"jour": 1, "semaine": 7, "mois": 31}


def filtrer(entrees: QuerySet[Entree], choix: Mapping[str, str]) -> QuerySet[Entree]:
    """Unknown values of a filter are ignored: the list is then wider, never wrong."""
    jours = PERIODES.get(choix.get("periode", ""))
    if jours:
        entrees = entrees.filter(le__gte=timezone.now() - timedelta(days=jours))
    if choix.get("resultat") in REFUS:
        entrees = entrees.filter(resultat=choix["resultat"])
    if reference := choix.get("dossier", "").strip():
        entrees = entrees.filter(cle__in=Dossier.objects.filter(reference__iexact=reference).values("cle"))
    if personne := choix.get("personne", "").strip():
        entrees = entrees.filter(acteur__in=User.objects.filter(nom__icontains=personne).values("cle"))
    return entrees


def lignes(entrees: Iterable[Entree]) -> list[dict[str, Any]]:
    """One dictionary a row; two more queries for the whole page."""
    page = list(entrees)
    personnes = {p.cle: p.nom_complet for p in User.objects.filter(cle__in={e.acteur for e in page if e.acteur})}
    references = dict(Dossier.objects.filter(cle__in={e.cle for e in page if e.cle}).values_list("cle", "reference"))
    return [
        {
            "entree": entree,
            "qui": personnes.get(entree.acteur, "Compte inconnu") if entree.acteur else "Trait d’union",
            "service": json.loads(entree.contenu)["service"],
            "etat": _etat(entree),
            "reference": (references.get(entree.cle) if entree.cle else None) or "",
            "detail": entree.objet.replace(":", f"{NBSP}: "),
        }
        for entree in page
    ]


def _etat(entree: Entree) -> dict[str, str]:
    if entree.action == "se_connecter" and entree.resultat == "refuse":
        return {"libelle": "Connexion refusée", "ton": "danger", "icone": "hand"}
    if entree.resultat in REFUS:
        return {"libelle": REFUS[entree.resultat], "ton": "danger", "icone": "hand"}
    libelle, ton, icone = MOTS.get(entree.action, (entree.action.replace("_", " ").capitalize(), "info", "check"))
    return {"libelle": libelle, "ton": ton, "icone": icone}
