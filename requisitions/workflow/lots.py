"""Several cases at once: take them over, begin their control, hand the night over. Each case answers for itself."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from accounts.roles import Role
from convention.acteur import Acteur
from dossiers.echeances import derniere_fermeture
from dossiers.models import Dossier
from dossiers.participations import suivre
from dossiers.suivi import relater, verrouiller
from requisitions import etats
from requisitions.notifications import relater_en_interne
from requisitions.policies import agit, peut_passer_la_releve
from requisitions.workflow.instruction import controler
from transitions.workflow import TransitionRefusee

RELEVE = "passer_releve"
GESTES = {"attribuer": "Suivi pris", "controler": "Contrôle commencé"}
OUVERTES = etats.AVANT_REMISE | {etats.REMISE, etats.CONTESTEE}


def traiter(*, dossiers: Iterable[Dossier], acteur: Acteur, geste: str) -> tuple[int, list[str]]:
    """How many were done, and a sentence for each that refuses: one refusal stops no other."""
    faits, refus = 0, []
    for dossier in dossiers:
        try:
            with transaction.atomic():
                _un(dossier, acteur, geste)
            faits += 1
        except TransitionRefusee as raison:
            refus.append(f"{dossier.reference}\u00a0: {raison}")
    return faits, refus


def _un(dossier: Dossier, acteur: Acteur, geste: str) -> None:
    if geste == "controler":
        controler(dossier=dossier, acteur=acteur)
        return
    dossier = verrouiller(dossier)
    if not agit(dossier, acteur, Role.JURISTE, Role.GARDE):
        raise TransitionRefusee("Vous ne suivez pas ce dossier.")
    suivre(dossier=dossier, acteur=acteur)
    relater(dossier=dossier, nom="attribuer", libelle="Suivi pris", acteur=acteur, reserve=True)


def a_relever(dossiers: QuerySet[Dossier], maintenant: datetime) -> QuerySet[Dossier]:
    """What came since the last working hours ended, however long ago, is still open and was not handed over yet."""
    recus = dossiers.filter(etat__in=OUVERTES, transmis_le__gte=derniere_fermeture(maintenant))
    return recus.exclude(evenements__nom=RELEVE)


@transaction.atomic
def passer_la_releve(*, dossiers: Iterable[Dossier], acteur: Acteur, note: str) -> int:
    """In the morning: what the nights and days off received goes to legal affairs, with a word, unread and told."""
    verdict = peut_passer_la_releve(acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    passes = 0
    for dossier in dossiers:
        if dossier.etat in OUVERTES and agit(dossier, acteur, Role.GARDE):
            relater_en_interne(
                dossier=dossier,
                nom=RELEVE,
                libelle="Relève de la garde\u00a0: remis aux affaires juridiques",
                acteur=acteur,
                commentaire=note,
            )
            passes += 1
    return passes
