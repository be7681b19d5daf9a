"""Taking an answer back, as long as nobody has opened it."""

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from documents.models import Document
from dossiers import echeances
from dossiers.models import Dossier
from dossiers.suivi import verrouiller
from presentation.temps import date_fr, heure_fr
from requisitions.models import Remise, Requisition
from requisitions.policies import peut_revoquer
from requisitions.workflow.echanges import exiger_neutre
from requisitions.workflow.table import appliquer, exiger
from transitions.workflow import TransitionRefusee

QUE_FAIRE = (
    "Prévenez le requérant par les échanges du dossier, et la protection des données si un nom en trop est parti."
)


@transaction.atomic
def revoquer(*, dossier: Dossier, acteur: Acteur, motif: str) -> Dossier:
    """Back to composing, the clock running again; the requester reads why. The rows locked here are those that the
    first opening locks: one of the two wins.
    """
    dossier = verrouiller(dossier)
    if peut_revoquer(dossier, acteur) and (tard := trop_tard(dossier)):
        raise TransitionRefusee(tard)
    dossier = exiger("revoquer", dossier, acteur)
    exiger_neutre(dossier, Requisition.objects.get(pk=dossier.pk), motif, champ="motif")
    remise: Remise = Remise.objects.select_for_update().filter(dossier=dossier).order_by("-numero")[0]
    remise.revoquee_le, remise.revoquee_par_id = timezone.now(), acteur.utilisateur_id
    remise.revocation_motif = motif
    remise.save()
    _retirer_les_ecrits(dossier, remise)
    _degeler(dossier)
    echeances.rouvrir(dossier=dossier, nom="reponse", pourquoi="Réponse reprise : le délai court à nouveau.")
    return appliquer("revoquer", dossier, acteur, commentaire=motif)


def trop_tard(dossier: Dossier) -> str:
    """What happened to the last delivery that no state can say; empty while it may be taken back."""
    remise = dossier.remises.first()
    if remise is not None and remise.ouverte_le:
        quand = f"le {date_fr(remise.ouverte_le)} à {heure_fr(remise.ouverte_le)}"
        return f"Le pli a été ouvert {quand} : la réponse ne se reprend plus. {QUE_FAIRE}"
    if remise is not None and remise.confiee_le:
        return f"Le pli a été remis en main propre : la réponse ne se reprend plus. {QUE_FAIRE}"
    return ""


def _retirer_les_ecrits(dossier: Dossier, remise: Remise) -> None:
    """Whoever scans one of its papers learns that it is withdrawn; its inventory is read no more."""
    ecrits = [piece.document for piece in remise.pieces.exclude(document=None).select_related("document")]
    for document in (*ecrits, remise.bordereau):
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
