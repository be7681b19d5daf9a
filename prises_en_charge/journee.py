"""The day's board: the cases this reader may know of, as cards in four columns, each in the reader's own words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.roles import Role
from convention.acteur import Acteur
from dossiers.classes import Classe, recoit
from dossiers.models import Dossier, Evenement
from dossiers.models.dossier import Nature
from presentation.temps import PARIS
from prises_en_charge.cartes import Carte, carte
from prises_en_charge.etats import AVANT_DEPART, COLONNES
from prises_en_charge.regards import vue_pour

PLAFOND = 120
HORIZON, RECUL = timedelta(days=7), timedelta(days=30)
EN_ROUTE = ("ARRIVEE", "EN_SOINS", "HOSPITALISEE", "SORTIE", "REFUS_PATIENT", "INCIDENT")


@dataclass(slots=True)
class Colonne:
    code: str
    titre: str
    cartes: list[Carte] = field(default_factory=list)


def est_escorte(acteur: Acteur) -> bool:
    return bool(acteur.places) and all(
        place.role == Role.PENITENTIAIRE and place.service_domaine == "escorte" for place in acteur.places
    )


def dossiers_de(acteur: Acteur) -> QuerySet[Dossier]:
    """The extractions this reader may know of; an escort knows of today's and future trips only."""
    if not recoit(acteur.roles, Classe.ADMINISTRATIF):
        return Dossier.objects.none()
    dossiers = Dossier.objects.visibles_par(acteur).filter(nature=Nature.EXTRACTION, extraction__isnull=False)
    if est_escorte(acteur):
        aujourd_hui = _minuit(timezone.localdate())
        dossiers = dossiers.filter(Q(extraction__creneau_debut__gte=aujourd_hui) | Q(etat__in=EN_ROUTE))
    return dossiers.select_related(
        "service_emetteur",
        "extraction__service_accueil__institution",
        "extraction__etablissement__institution",
        "extraction__escorte",
        "extraction__ordre_ecrit",
    )


def _minuit(jour: date) -> datetime:
    return datetime.combine(jour, time.min, tzinfo=PARIS)


def du_jour(acteur: Acteur, jour: date) -> list[Dossier]:
    """The day's trips; today also shows who is at the hospital and what the coming week still asks."""
    debut, fin = _minuit(jour), _minuit(jour + timedelta(days=1))
    choix = Q(extraction__creneau_debut__gte=debut, extraction__creneau_debut__lt=fin)
    bornes = choix
    if jour == timezone.localdate():
        # One range of the slot's index; the states only narrow it.
        bornes = Q(extraction__creneau_debut__gte=debut - RECUL, extraction__creneau_debut__lt=fin + HORIZON)
        semaine = Q(extraction__creneau_debut__gte=debut - HORIZON)
        choix |= Q(etat__in=EN_ROUTE) | (semaine & Q(etat__in=AVANT_DEPART | {"RETOUR_CONFIRME"}))
    remis = Evenement.objects.filter(dossier=OuterRef("pk"), nom="transmettre_compte_rendu")
    dossiers = dossiers_de(acteur).filter(bornes, choix).annotate(compte_rendu=Exists(remis))
    dossiers = dossiers.prefetch_related("extraction__etablissement__contacts")
    return list(dossiers.order_by("extraction__creneau_debut", "pk")[:PLAFOND])


def colonnes(dossiers: Iterable[Dossier], acteur: Acteur, maintenant: datetime) -> list[Colonne]:
    """Cards in the order of their slot, the urgent first in their column."""
    tableau = {code: Colonne(code, titre) for code, titre, _ in COLONNES}
    colonne_de = {etat: code for code, _, etats in COLONNES for etat in etats}
    for dossier in dossiers:
        faite = carte(dossier, vue_pour(dossier.extraction, acteur), maintenant)
        tableau[colonne_de[dossier.etat]].cartes.append(faite)
    for colonne in tableau.values():
        colonne.cartes.sort(key=lambda une: (not une.urgente, une.creneau))
    return list(tableau.values())


GAUCHE, LARGEUR, OUVERTURE, FERMETURE, RANG, LETTRE = 150, 1000, 8, 18, 28, 8


def frise(dossiers: Iterable[Dossier], acteur: Acteur, jour: date, maintenant: datetime) -> dict[str, Any] | None:
    """The day hour by hour, as SVG coordinates; None when there is nothing to draw."""
    minuit, lendemain = _minuit(jour), _minuit(jour + timedelta(days=1))
    sejours = [sejour for dossier in dossiers if (sejour := _sejour(dossier, acteur, minuit, lendemain, maintenant))]
    if not sejours:
        return None
    premiere = min(OUVERTURE, *(_heures(de - minuit) for de, _, _ in sejours if de > minuit), OUVERTURE)
    fins = [min(a, lendemain) - minuit for de, a, _ in sejours if de > minuit]
    derniere = max(FERMETURE, *(_heures(fin - timedelta(minutes=1)) + 1 for fin in fins), FERMETURE)
    pas = LARGEUR / (derniere - premiere)

    def abscisse(instant: datetime) -> int:
        heures = min(max((instant - minuit).total_seconds() / 3600, premiere), derniere)
        return GAUCHE + round((heures - premiere) * pas)

    barres = [
        {
            "reference": une.reference,
            "x": abscisse(de),
            "y": 31 + RANG * rang,
            "ton": une.ton,
            "largeur": max(abscisse(a) - abscisse(de), 24),
            "texte_x": abscisse(de) + 8,
            "texte_y": 45 + RANG * rang,
            "texte": une.lieu if len(une.lieu) * LETTRE < abscisse(a) - abscisse(de) else "",
        }
        for rang, (de, a, une) in enumerate(sejours)
    ]
    bas = 36 + RANG * len(barres)
    axes = [{"x": GAUCHE + round(rang * pas), "heure": premiere + rang} for rang in range(derniere - premiere + 1)]
    ici = abscisse(maintenant) if minuit <= maintenant < lendemain else None
    return {"barres": barres, "axes": axes, "bas": bas, "hauteur": bas + 2, "maintenant": ici}


def _heures(duree: timedelta) -> int:
    return int(duree.total_seconds() // 3600)


def _sejour(
    dossier: Dossier, acteur: Acteur, minuit: datetime, lendemain: datetime, maintenant: datetime
) -> tuple[datetime, datetime, Carte] | None:
    """From when to when the person is expected or present that day; None for a cancelled trip or another day."""
    vue = vue_pour(dossier.extraction, acteur)
    de = vue["arrivee_le"] or vue["creneau_debut"]
    a = vue["sortie_le"] or max(vue["creneau_fin"], de + timedelta(minutes=30))
    if dossier.etat == "HOSPITALISEE":
        a = lendemain
    if dossier.etat.startswith("ANNULEE") or de >= lendemain or a <= minuit:
        return None
    return de, a, carte(dossier, vue, maintenant)
