"""The requester opens what waits for them: the first opening is the receipt; whatever they take later is traced."""

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from documents.models import Fichier
from dossiers.classes import Classe
from dossiers.conservation.conserver import a_reexaminer
from dossiers.models import Dossier
from dossiers.suivi import verrouiller
from journal.carnet import noter
from requisitions import documents
from requisitions.disponibilite import EFFACEE, EXPIREE, REVOQUEE, effacee
from requisitions.models import Remise
from requisitions.policies import peut_retirer
from requisitions.workflow.restitution import suivre_apres_la_remise
from requisitions.workflow.sortie import exiger_le_titre
from requisitions.workflow.table import appliquer, ouverte
from transitions.workflow import TransitionRefusee


@transaction.atomic
def ouvrir_pli(*, dossier: Dossier, acteur: Acteur) -> Remise:
    """The first opening: one act hands the pieces over, writes the receipt in the opener’s name and ends revocation.

    The same again, by whoever of the unit, changes nothing. Raises TransitionRefusee.
    """
    dossier = verrouiller(dossier)
    remise = _a_prendre(dossier, acteur)
    if remise.ouverte_le:
        return remise
    lettre = ouverte(dossier)
    exiger_le_titre(dossier, lettre)
    dossier = appliquer("ouvrir_pli", dossier, acteur)
    remise.ouverte_le, remise.ouverte_par_id = timezone.now(), acteur.utilisateur_id
    remise.recepisse = documents.recepisse(dossier, lettre, remise, par=acteur.nom)
    remise.save()
    a_reexaminer(dossier)
    documents.verser(remise.recepisse, dossier, classe=Classe.ADMINISTRATIF, remise_a=[lettre.service_requerant])
    for piece in remise.pieces.all():
        piece.remise_a.add(lettre.service_requerant)
    suivre_apres_la_remise(dossier)
    return remise


@transaction.atomic
def telecharger_pli(*, dossier: Dossier, acteur: Acteur, partie: str = "") -> Fichier:
    """The opened bundle or a part of it, each time it is taken. Raises TransitionRefusee."""
    remise = _a_prendre(dossier, acteur)
    fichier: Fichier | None = remise.fichier
    if remise.ouverte_le is None or fichier is None:
        raise TransitionRefusee("Ouvrez d’abord le pli : l’ouverture signe le récépissé.")
    details = {"empreinte": fichier.empreinte, "partie": partie}
    noter("telecharger_pli", acteur=acteur, objet="requisition", cle=dossier.cle, details=details)
    return fichier


def _a_prendre(dossier: Dossier, acteur: Acteur) -> Remise:
    """The last delivery, its row locked as a revocation locks it: one of the two wins."""
    if not (verdict := peut_retirer(dossier, acteur)):
        raise TransitionRefusee(verdict.raison)
    remise: Remise | None = Remise.objects.select_for_update().filter(dossier=dossier).order_by("-numero").first()
    if remise is None:
        raise TransitionRefusee("La réponse n’est pas prête.")
    if remise.revoquee_le:
        raise TransitionRefusee(REVOQUEE)
    if remise.en_main:
        raise TransitionRefusee("Cette réponse vous est remise sur place, contre signature.")
    if remise.expiree:
        raise TransitionRefusee(EXPIREE)
    if effacee(remise):
        raise TransitionRefusee(EFFACEE)
    return remise
