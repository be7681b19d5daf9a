"""The verbs of the yearly review: comment, freeze, conclude, export."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from bilans.etats import ETATS, GELE, OUVERT, PUBLIE, VALIDE
from bilans.indicateurs import relever, serialiser
from bilans.models import BilanAnnuel, Commentaire, Export
from bilans.policies import peut_commenter, peut_conclure, peut_exporter, peut_geler
from convention.acteur import Acteur
from documents.travaux import SILENCE
from journal.carnet import noter
from notifications.boite_envoi import publier
from transitions.workflow import Transition, TransitionRefusee, Workflow

TRANSITIONS = (
    Transition("geler", frozenset({OUVERT}), GELE, "Arrêter les chiffres", peut_geler, marque="gele"),
    Transition("valider", frozenset({GELE}), VALIDE, "Noter la validation du comité", peut_conclure, marque="valide"),
    Transition("publier", frozenset({VALIDE}), PUBLIE, "Publier le bilan", peut_conclure, marque="publie"),
)


def _consigner(
    bilan: BilanAnnuel,
    *,
    transition: Transition,
    acteur: Acteur,
    avant: str,
    commentaire: str,
    donnees: Mapping[str, Any],
) -> None:
    noter(transition.nom, acteur=acteur, objet="bilan", cle=bilan.cle, details={"avant": avant, "apres": bilan.etat})


def _verrouiller(bilan: BilanAnnuel) -> BilanAnnuel:
    return BilanAnnuel.objects.select_for_update().get(pk=bilan.pk)


WORKFLOW = Workflow("BILAN", ETATS, TRANSITIONS, consigner=_consigner, verrouiller=_verrouiller)


def _ne(bilan: BilanAnnuel) -> BilanAnnuel:
    """The row of a review, born at the first act."""
    return BilanAnnuel.objects.get_or_create(convention=bilan.convention, annee=bilan.annee)[0]


def _ouvert(bilan: BilanAnnuel) -> BilanAnnuel:
    """The same, locked."""
    _ne(bilan)
    return BilanAnnuel.objects.select_for_update().get(convention=bilan.convention, annee=bilan.annee)


@transaction.atomic
def geler(*, bilan: BilanAnnuel, acteur: Acteur) -> BilanAnnuel:
    """Keep the figures of this moment for good."""

    def arreter(verrouille: BilanAnnuel) -> None:
        verrouille.releves = serialiser(relever(verrouille.annee))

    gele: BilanAnnuel = WORKFLOW.appliquer("geler", _ouvert(bilan), acteur=acteur, avant_ecriture=arreter)
    return gele


@transaction.atomic
def valider(*, bilan: BilanAnnuel, acteur: Acteur) -> BilanAnnuel:
    """The committee agreed."""
    valide: BilanAnnuel = WORKFLOW.appliquer("valider", _ouvert(bilan), acteur=acteur)
    return valide


@transaction.atomic
def rendre_public(*, bilan: BilanAnnuel, acteur: Acteur) -> BilanAnnuel:
    publie: BilanAnnuel = WORKFLOW.appliquer("publier", _ouvert(bilan), acteur=acteur)
    return publie


@transaction.atomic
def commenter(*, bilan: BilanAnnuel, acteur: Acteur, texte: str) -> Commentaire:
    """Write or replace what one's institution says of the year."""
    bilan = _ouvert(bilan)
    verdict = peut_commenter(bilan, acteur)
    place = acteur.principale
    if not verdict or place is None:
        raise TransitionRefusee(verdict.raison)
    commentaire, _ = Commentaire.objects.update_or_create(
        bilan=bilan,
        institution_id=place.institution_id,
        defaults={"texte": texte, "ecrit_le": timezone.now(), "ecrit_par_id": acteur.utilisateur_id},
    )
    noter("commenter", acteur=acteur, objet="bilan", cle=bilan.cle)
    return commentaire


@transaction.atomic
def demander_export(*, bilan: BilanAnnuel, acteur: Acteur) -> Export:
    """Ask for the PDF. A second click gives the export already under way."""
    verdict = peut_exporter(acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    bilan = _ouvert(bilan)
    en_route = Export.objects.filter(
        bilan=bilan,
        demande_par_id=acteur.utilisateur_id,
        statut__in=[Export.Statut.EN_ATTENTE, Export.Statut.EN_COURS],
        dernier_signe__gt=timezone.now() - SILENCE,
    ).first()
    if en_route:
        return en_route
    export = Export.objects.create(bilan=bilan, demande_par_id=acteur.utilisateur_id)
    _publier(export)
    noter("exporter", acteur=acteur, objet="bilan", cle=bilan.cle, details={"export": export.cle})
    return export


@transaction.atomic
def emporter_tableur(*, bilan: BilanAnnuel, acteur: Acteur) -> BilanAnnuel:
    """The review whose figures leave as a CSV. Nothing is locked while they are counted."""
    verdict = peut_exporter(acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    bilan = _ne(bilan)
    noter("exporter", acteur=acteur, objet="bilan", cle=bilan.cle, details={"forme": "csv"})
    return bilan


@transaction.atomic
def relancer_export(*, export: Export, acteur: Acteur) -> Export:
    """« Réessayer » : only what failed, or has given no sign of life, starts again."""
    verdict = peut_exporter(acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    export = Export.objects.select_for_update().get(pk=export.pk)
    if not export.relancable:
        return export
    export.repartir()
    _publier(export)
    return export


def _publier(export: Export) -> None:
    publier("bilan.exporter", cle_unique=f"export:{export.cle}:{export.tentatives}", charge={"export": export.pk})
