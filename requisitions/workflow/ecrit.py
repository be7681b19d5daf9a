"""An oral demand becomes a written one: the signed act is joined, once, by the unit or by who received the paper."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from documents.models import Fichier
from dossiers.classes import Classe
from dossiers.models import Dossier
from dossiers.pieces import joindre
from dossiers.suivi import relater, verrouiller
from requisitions.ecrit import JOINDRE, confirmee_le, peut_joindre_l_ecrit
from requisitions.models import Requisition
from requisitions.workflow.enregistrement import ACTE_SIGNE
from requisitions.workflow.table import ouverte
from transitions.workflow import TransitionRefusee


@transaction.atomic
def joindre_l_ecrit(*, dossier: Dossier, acteur: Acteur, fichier: Fichier) -> datetime:
    """Once the answer has left the letter no more changes: the event alone then says when the act came."""
    dossier = verrouiller(dossier)
    lettre = ouverte(dossier)
    verdict = peut_joindre_l_ecrit(dossier, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    if confirmee_le(dossier, lettre):
        raise TransitionRefusee("L’écrit est déjà joint.")
    confirmer_par_ecrit(dossier, lettre, fichier, acteur)
    if lettre.fige_le is None:
        lettre.save()
    return relater(dossier=dossier, nom=JOINDRE, libelle="Réquisition écrite et signée jointe", acteur=acteur).le


def confirmer_par_ecrit(dossier: Dossier, lettre: Requisition, fichier: Fichier, acteur: Acteur) -> None:
    """The act is the requester's piece, whoever put it in; the caller saves the letter."""
    joindre(
        dossier=dossier,
        intitule=ACTE_SIGNE,
        classe=Classe.JUDICIAIRE,
        fichier=fichier,
        acteur=acteur,
        au_nom_de=lettre.service_requerant,
    )
    lettre.confirmation_ecrite_le = timezone.now()
