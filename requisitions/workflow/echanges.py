"""Writing to the other side. What the hospital writes of a presence is held to the neutral answer."""

import uuid
from collections.abc import Mapping
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from dossiers.models import Dossier, Message
from dossiers.suivi import verrouiller
from journal.carnet import noter
from requisitions.circuit import DAJ, service
from requisitions.controles import r22
from requisitions.controles.execution import NEUTRES
from requisitions.echanges import Genre, ouverts
from requisitions.faits import faits_de
from requisitions.models import Requisition
from requisitions.notifications import annoncer_message
from requisitions.policies import est_requerant, peut_echanger
from requisitions.workflow.table import ouverte
from transitions.workflow import TransitionRefusee


def exiger_neutre(dossier: Dossier, lettre: Requisition, texte: str, champ: str = "texte") -> None:
    """Words that leave the hospital of a presence, a search or a hearing name no ward, treatment nor protection."""
    exiger_neutres(dossier, lettre, {champ: texte})


def exiger_neutres(dossier: Dossier, lettre: Requisition, textes: Mapping[str, str]) -> None:
    """The same of several fields, each named by its own."""
    if lettre.type_acte not in NEUTRES:
        return
    faits = faits_de(dossier, lettre)
    for champ, texte in textes.items():
        lus = replace(faits, reponse_texte=texte, volet={"identites": texte})
        if constat := r22(lus):
            raise TransitionRefusee(constat.message, champ=champ)


@transaction.atomic
def ecrire(*, dossier: Dossier, acteur: Acteur, cle: uuid.UUID, genre: str, texte: str) -> Message:
    """`cle` is the key of its form: the same one sent twice is one message."""
    dossier = verrouiller(dossier)
    deja: Message | None = Message.objects.filter(cle=cle, dossier=dossier).first()
    if deja:
        return deja
    verdict = peut_echanger(dossier, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    if not ouverts(dossier, timezone.now()):
        raise TransitionRefusee("Les échanges de ce dossier sont clos. Ils se lisent encore.")
    lettre = ouverte(dossier)
    dehors = est_requerant(dossier, acteur)
    if not dehors:
        exiger_neutre(dossier, lettre, texte)
    hopital = service(DAJ)
    message: Message = Message.objects.create(
        cle=cle,
        dossier=dossier,
        auteur_id=acteur.utilisateur_id,
        service=lettre.service_requerant if dehors else hopital,
        vers_service=hopital if dehors else lettre.service_requerant,
        objet=Genre(genre).label,
        texte=texte,
    )
    annoncer_message(message=message)
    noter("ecrire_message", acteur=acteur, objet="requisition", cle=dossier.cle, details={"genre": genre})
    return message
