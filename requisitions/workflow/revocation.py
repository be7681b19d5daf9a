"""Taking an answer back, as long as nobody has opened it."""

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from documents.models import Document
from dossiers import echeances
from dossiers.models import Dossier
from presentation.temps import date_fr, heure_fr
from requisitions.models import Remise, Requisition
from requisitions.workflow.table import appliquer, exiger
from transitions.workflow import TransitionRefusee


@transaction.atomic
def revoquer(*, dossier: Dossier, acteur: Acteur, motif: str) -> Dossier:
    """Back to composing, the clock running again; the requester reads why. The row locked here is the one that the
    first opening locks: one of the two wins.
    """
    dossier = exiger("revoquer", dossier, acteur)
    remise: Remise = Remise.objects.select_for_update().filter(dossier=dossier).order_by("-numero")[0]
    if remise.ouverte_le:
        quand = f"le {date_fr(remise.ouverte_le)} à {heure_fr(remise.ouverte_le)}"
        raise TransitionRefusee(f"Le pli a été ouvert {quand} : la réponse ne se retire plus. Prévenez le requérant.")
    if remise.confiee_le:
        raise TransitionRefusee("Le pli a été remis en main propre : la réponse ne se retire plus.")
    remise.revoquee_le, remise.revoquee_par_id = timezone.now(), acteur.utilisateur_id
    remise.revocation_motif = motif
    remise.save()
    _retirer_les_ecrits(dossier, remise)
    _degeler(dossier)
    echeances.rouvrir(dossier=dossier, nom="reponse", pourquoi="Réponse retirée : le délai court à nouveau.")
    return appliquer("revoquer", dossier, acteur, commentaire=motif)


def _retirer_les_ecrits(dossier: Dossier, remise: Remise) -> None:
    """Whoever scans one of its papers learns that it is withdrawn; its inventory is read no more."""
    ecrits = [piece.document for piece in remise.pieces.exclude(document=None).select_related("document")]
    for document in (*ecrits, remise.bordereau, remise.recepisse):
        if document is not None:
            document.statut, document.statut_le = Document.Statut.RETIRE, timezone.now()
            document.save()
    for piece in dossier.pieces.filter(document=remise.bordereau):
        piece.remise_a.clear()


def _degeler(dossier: Dossier) -> None:
    """The database thaws a letter for this reason alone."""
    lettre = Requisition.objects.get(pk=dossier.pk)
    lettre.fige_le, lettre.empreinte = None, ""
    lettre.save()
