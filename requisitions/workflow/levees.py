"""Going on in spite of a finding: each point lifted, each alert passed over, is one row with its ground (§13)."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from dossiers.models import Dossier
from dossiers.models.participation import Part
from dossiers.participations import Octroi, accorder
from dossiers.suivi import relater, verrouiller
from requisitions.annonces.levee import annoncer_demande, annoncer_levee
from requisitions.circuit import ACCUEIL, DIRECTION, service
from requisitions.levees import (
    Point,
    a_justifier,
    a_lever,
    leves_par_l_urgence,
    peut_demander_la_levee,
    peut_lever,
)
from requisitions.models import Derogation, Requisition
from requisitions.workflow.table import exiger_verdict, ouverte
from transitions.verdict import Constat
from transitions.workflow import TransitionRefusee

TRACE_VITALE = timedelta(hours=24)
URGENCE = "Urgence vitale"
SANS_MOTIF = "Écrivez le motif d’au moins un point."
Niveau = Derogation.Niveau


def justifier(
    dossier: Dossier,
    lettre: Requisition,
    constats: Iterable[Constat],
    acteur: Acteur,
    motifs: Mapping[str, str],
    ecrit: str = "",
) -> None:
    """Write why each alert is passed over. A vital emergency asks nothing: it is traced, to be put right in a day."""
    constats = list(constats)
    alertes = a_justifier(constats)
    if lettre.urgence_vitale:
        _tracer(dossier, acteur, leves_par_l_urgence(constats), ecrit or URGENCE, vitale=True)
        _tracer(dossier, acteur, alertes, ecrit or URGENCE, niveau=Niveau.ALERTE, vitale=True)
        return
    for point in alertes:
        motif = motifs.get(point.cle, "").strip()
        if not motif:
            raise TransitionRefusee(f"Écrivez pourquoi vous passez outre\u00a0: {point.message}", champ=point.cle)
        _tracer(dossier, acteur, [point], motif, niveau=Niveau.ALERTE)
        _relater(dossier, acteur, "justifier", f"{point.numero}\u00a0: alerte passée outre", motif)


def tracer_l_urgence(dossier: Dossier, acteur: Acteur, point: Point) -> None:
    """What a vital emergency let through that no control finds."""
    _tracer(dossier, acteur, [point], URGENCE, vitale=True)


def lever_les_points(dossier: Dossier, acteur: Acteur, points: Iterable[Point], motif: str) -> None:
    """One ground, one row a point: each counts in the yearly review."""
    points = list(points)
    _tracer(dossier, acteur, points, motif)
    for point in points:
        _relater(dossier, acteur, "lever", f"{point.numero}\u00a0: point levé", motif)


@transaction.atomic
def lever(*, dossier: Dossier, acteur: Acteur, motifs: Mapping[str, str]) -> None:
    """Lift, point by point, what bars the control or the delivery; whoever carries the case goes on afterwards."""
    dossier = verrouiller(dossier)
    exiger_verdict(peut_lever(dossier, acteur))
    lettre = ouverte(dossier)
    motives = [(point, motifs.get(point.cle, "").strip()) for point in a_lever(dossier, lettre)]
    if not any(motif for _, motif in motives):
        raise TransitionRefusee(SANS_MOTIF)
    for point, motif in motives:
        if motif:
            lever_les_points(dossier, acteur, [point], motif)
    annoncer_levee(dossier=dossier, acteur=acteur)


@transaction.atomic
def demander_levee(*, dossier: Dossier, acteur: Acteur, motif: str) -> None:
    """Whoever carries the case asks the direction to decide; it takes part from then on."""
    dossier = verrouiller(dossier)
    exiger_verdict(peut_demander_la_levee(dossier, acteur))
    if not a_lever(dossier, ouverte(dossier)):
        raise TransitionRefusee("Aucun point n’est à lever.")
    octroi = Octroi(Part.Role.OBSERVATEUR, "Point à lever", "Levée demandée", ACCUEIL, service=service(DIRECTION))
    accorder(dossier=dossier, octrois=[octroi], acteur=acteur)
    evenement = relater(
        dossier=dossier, nom="demander_levee", libelle="Levée demandée à la direction", acteur=acteur,
        commentaire=motif, reserve=True,
    )  # fmt: skip
    annoncer_demande(evenement=evenement)


def _relater(dossier: Dossier, acteur: Acteur, nom: str, libelle: str, motif: str) -> None:
    relater(dossier=dossier, nom=nom, libelle=libelle, acteur=acteur, commentaire=motif, reserve=True)


def _tracer(
    dossier: Dossier,
    acteur: Acteur,
    points: Iterable[Point],
    motif: str,
    *,
    niveau: str = Niveau.BLOQUANT,
    vitale: bool = False,
) -> None:
    for point in points:
        Derogation.objects.create(
            dossier=dossier,
            controle=point.numero,
            niveau=niveau,
            constat=point.message,
            motif=motif[:300],
            vitale=vitale,
            regulariser_avant=timezone.now() + TRACE_VITALE if vitale else None,
            levee_par_id=acteur.utilisateur_id,
        )
