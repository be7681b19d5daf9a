"""The inbox: one limited index scan per service and phase, never a scan of the cases (performance.md, D4)."""

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import Q, QuerySet

from convention.acteur import Acteur
from dossiers.models import Dossier, Exclusion, Participation, ParticipationPersonnelle
from dossiers.models.participation import JAMAIS
from dossiers.participations import permission_id

TAILLE = 25
PLAFOND = 1000
SANS_FILTRE = Q()
CHAMPS = (
    "content_object_id",
    "role",
    "ligne",
    "non_lu",
    "suivi_par_id",
    "nature",
    "urgence",
    "phase",
    "derniere_activite",
    "echeance_tri",
)


class Suivi(StrEnum):
    """Who follows the case, in one's own service."""

    MOI = "moi"
    PERSONNE = "personne"
    COLLEGUE = "collegue"


@dataclass(frozen=True, slots=True)
class Ligne:
    """One entry of a list: the party's own row and its envelope."""

    part: dict[str, Any]
    dossier: Dossier

    @property
    def echeance(self) -> datetime | None:
        tri: datetime = self.part["echeance_tri"]
        return None if tri >= JAMAIS else tri


@dataclass(frozen=True, slots=True)
class Page:
    lignes: list[Ligne]
    suivante: str


def _branches(
    acteur: Acteur,
    phases: Iterable[str],
    natures: Iterable[str],
    urgence: str,
    suivi: str,
    exclus: list[int],
    filtre: Q,
) -> list[QuerySet[Any]]:
    if not acteur.places:
        return []
    commun = Q(permission_id=permission_id(), fin_le=None)
    if natures:
        commun &= Q(nature__in=list(natures))
    if urgence:
        commun &= Q(urgence=urgence)
    if suivi == Suivi.COLLEGUE:
        commun &= Q(suivi_par__isnull=False) & ~Q(suivi_par_id=acteur.utilisateur_id)
    elif suivi:
        commun &= Q(suivi_par_id=acteur.utilisateur_id if suivi == Suivi.MOI else None)
    commun &= filtre
    if exclus:
        commun &= ~Q(content_object_id__in=exclus)
    sources: list[QuerySet[Any]] = [
        *(Participation.objects.filter(group_id=groupe) for groupe in acteur.groupes),
        ParticipationPersonnelle.objects.filter(user_id=acteur.utilisateur_id),
    ]
    return [source.filter(commun, phase=phase) for phase in phases for source in sources]


def _exclus(acteur: Acteur) -> list[int]:
    return list(Exclusion.objects.filter(utilisateur_id=acteur.utilisateur_id).values_list("dossier_id", flat=True))


def boite(
    acteur: Acteur,
    *,
    phases: Iterable[str] = ("en_cours", "en_attente"),
    natures: Iterable[str] = (),
    urgence: str = "",
    suivi: str = "",
    filtre: Q = SANS_FILTRE,
    recents: bool = False,
    apres: str = "",
    taille: int = TAILLE,
) -> Page:
    """One page of the actor's list: by remaining time, or most recent first. `apres` is the signed cursor.

    `filtre` narrows by the envelope (`content_object__…`); it never widens.
    """
    curseur = _ouvrir(apres)
    ordre = ("-derniere_activite", "-content_object_id") if recents else ("echeance_tri", "content_object_id")
    borne = _borne(curseur, recents)
    scans = [
        branche.filter(borne).order_by(*ordre).values(*CHAMPS)[: taille + 1]
        for branche in _branches(acteur, tuple(phases), tuple(natures), urgence, suivi, _exclus(acteur), filtre)
    ]
    if not scans:
        return Page([], "")
    union = scans[0].union(*scans[1:], all=True) if len(scans) > 1 else scans[0]
    rangs = union.order_by(*ordre) if len(scans) > 1 else union
    uniques: dict[int, dict[str, Any]] = {}
    for rang in rangs:
        uniques.setdefault(rang["content_object_id"], rang)
    parts = list(uniques.values())
    page, reste = parts[:taille], parts[taille:]
    dossiers = Dossier.objects.in_bulk([part["content_object_id"] for part in page])
    lignes = [Ligne(part, dossiers[part["content_object_id"]]) for part in page]
    cle = "derniere_activite" if recents else "echeance_tri"
    suivante = _sceller(page[-1][cle], page[-1]["content_object_id"]) if reste else ""
    return Page(lignes, suivante)


def compter(
    acteur: Acteur,
    *,
    phases: Iterable[str],
    natures: Iterable[str] = (),
    urgence: str = "",
    suivi: str = "",
    filtre: Q = SANS_FILTRE,
    non_lus: bool = False,
) -> int:
    """How many cases, counted up to a cap of 1000 (« 1000+ »)."""
    branches = _branches(acteur, tuple(phases), tuple(natures), urgence, suivi, _exclus(acteur), filtre)
    if non_lus:
        branches = [branche.filter(non_lu=True) for branche in branches]
    ids: set[int] = set()
    scans = [branche.order_by("content_object_id").values_list("content_object_id")[:PLAFOND] for branche in branches]
    if scans:
        union = scans[0].union(*scans[1:], all=True) if len(scans) > 1 else scans[0]
        ids.update(rang[0] for rang in union)
    return min(len(ids), PLAFOND)


def _borne(curseur: tuple[datetime, int] | None, recents: bool) -> Q:
    if curseur is None:
        return Q()
    instant, dernier = curseur
    if recents:
        return Q(derniere_activite__lte=instant) & (Q(derniere_activite__lt=instant) | Q(content_object_id__lt=dernier))
    return Q(echeance_tri__gte=instant) & (Q(echeance_tri__gt=instant) | Q(content_object_id__gt=dernier))


def _sceller(instant: datetime, dernier: int) -> str:
    brut = base64.urlsafe_b64encode(json.dumps([instant.isoformat(), dernier]).encode()).decode()
    return Signer(salt="boite").sign(brut)


def _ouvrir(curseur: str) -> tuple[datetime, int] | None:
    """A cursor that was altered opens the first page."""
    if not curseur:
        return None
    try:
        instant, dernier = json.loads(base64.urlsafe_b64decode(Signer(salt="boite").unsign(curseur)))
    except (BadSignature, ValueError):
        return None
    return datetime.fromisoformat(instant), int(dernier)
