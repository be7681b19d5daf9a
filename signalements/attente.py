"""Waiting for the person's written agreement, and what becomes of the writing when she gives it or takes it back."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from dossiers import echeances
from dossiers.brouillons import prolonger
from dossiers.models import Brouillon, Dossier
from signalements.contenu import lire
from signalements.sans_signaler import RESERVE, figer_sans_envoi, prevoir_reevaluation
from signalements.workflow import REEVALUATION, WORKFLOW


@transaction.atomic
def suspendre(*, dossier: Dossier, acteur: Acteur, motif: str, date_reevaluation: date) -> Dossier:
    """Keep everything, the page being typed included, until the day it is looked at again and a month more.

    It stays an unsent draft, without a number: every word of it, the identity included, may still change.
    """
    dossier = WORKFLOW.appliquer(
        "suspendre",
        dossier,
        acteur=acteur,
        avant_ecriture=lambda verrouille: _noter(verrouille, motif, date_reevaluation),
        donnees=RESERVE,
    )
    prevoir_reevaluation(dossier, date_reevaluation, apres="la suspension")
    prolonger(dossier=dossier, attente=date_reevaluation - timezone.localdate())
    return dossier


def _noter(dossier: Dossier, motif: str, jour: date | None) -> None:
    lettre = lire(dossier).lettre
    lettre.motif_decision, lettre.date_reevaluation = motif, jour
    lettre.save()


@transaction.atomic
def reprendre(*, dossier: Dossier, acteur: Acteur) -> Dossier:
    """The answer came: it is a draft again, that every control reads before it leaves."""
    dossier = WORKFLOW.appliquer(
        "reprendre",
        dossier,
        acteur=acteur,
        avant_ecriture=lambda verrouille: _noter(verrouille, "", None),
        donnees=RESERVE,
    )
    echeances.tenir(dossier=dossier, nom=REEVALUATION)
    return dossier


@transaction.atomic
def retirer_accord(*, dossier: Dossier, acteur: Acteur, motif: str) -> Dossier:
    """She took her agreement back before the sending: frozen with the reason, addressed to nobody, closed."""

    dossier = WORKFLOW.appliquer(
        "retirer_accord",
        dossier,
        acteur=acteur,
        avant_ecriture=lambda verrouille: figer_sans_envoi(verrouille, motif, None),
        donnees=RESERVE,
    )
    echeances.tenir(dossier=dossier, nom=REEVALUATION)
    Brouillon.objects.filter(dossier=dossier).delete()
    return dossier
