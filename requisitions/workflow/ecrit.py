"""An oral demand becomes a written one: the signed act is joined, once, by the unit or by who received the paper."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from documents import coffre
from documents.models import Fichier
from dossiers.models import Dossier
from dossiers.suivi import relater, verrouiller
from requisitions.ecrit import JOINDRE, attend_l_ecrit, en_attente_du_meme_ecrit
from requisitions.models import Requisition
from requisitions.workflow.acte import ACTE_SIGNE, joindre_pour_le_requerant
from requisitions.workflow.table import ouverte
from transitions.workflow import TransitionRefusee


@transaction.atomic
def joindre_l_ecrit(*, dossier: Dossier, acteur: Acteur, fichier: Fichier, aussi: bool = False) -> datetime:
    """Once the answer has left the letter no more changes: the event alone then says when the act came.

    `aussi`: a copy goes to each other demand of the same act that still waits for it.
    """
    autres = en_attente_du_meme_ecrit(dossier, acteur) if aussi else []
    # In the order of their keys, so that two persons who join the same act wait for one another.
    verrouilles = {un.pk: verrouiller(un) for un in sorted([dossier, *autres], key=lambda un: un.pk)}
    ici = verrouilles.pop(dossier.pk)
    verdict = attend_l_ecrit(ici, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    joint_le = _joindre(ici, acteur, fichier)
    for autre in verrouilles.values():
        copie = coffre.copier(fichier, ici.cle) if attend_l_ecrit(autre, acteur) else None
        if copie:
            _joindre(autre, acteur, copie)
    return joint_le


def _joindre(dossier: Dossier, acteur: Acteur, fichier: Fichier) -> datetime:
    lettre = ouverte(dossier)
    confirmer_par_ecrit(dossier, lettre, fichier, acteur)
    if lettre.fige_le is None:
        lettre.save()
    return relater(dossier=dossier, nom=JOINDRE, libelle="Réquisition écrite et signée jointe", acteur=acteur).le


def confirmer_par_ecrit(dossier: Dossier, lettre: Requisition, fichier: Fichier, acteur: Acteur) -> None:
    """The act is the requester's piece, whoever put it in; the caller saves the letter."""
    joindre_pour_le_requerant(dossier, lettre, ACTE_SIGNE, fichier, acteur)
    lettre.confirmation_ecrite_le = timezone.now()
