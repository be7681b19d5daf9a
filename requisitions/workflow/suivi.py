"""A colleague of the unit takes a demand over: who followed it is told, the unit's own trace says so."""

from django.db import transaction

from convention.acteur import Acteur
from dossiers.models import Dossier, Participation
from dossiers.participations import suivre
from dossiers.suivi import relater, verrouiller
from requisitions.notifications import annoncer_reprise
from requisitions.policies import peut_reprendre_le_suivi
from transitions.workflow import TransitionRefusee


def suivie_par(dossier: Dossier, acteur: Acteur) -> int | None:
    """Who follows the demand in the unit: whoever took it over, else whoever deposited it."""
    siennes = Participation.objects.vivantes().filter(content_object=dossier, group_id__in=acteur.groupes)
    prise = siennes.exclude(suivi_par=None).values_list("suivi_par_id", flat=True).first()
    return prise or dossier.cree_par_id


@transaction.atomic
def reprendre_le_suivi(*, dossier: Dossier, acteur: Acteur) -> None:
    dossier = verrouiller(dossier)
    verdict = peut_reprendre_le_suivi(dossier, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    avant = suivie_par(dossier, acteur)
    if avant == acteur.utilisateur_id:
        raise TransitionRefusee("Vous suivez déjà cette réquisition.")
    suivre(dossier=dossier, acteur=acteur)
    evenement = relater(
        dossier=dossier, nom="reprendre_le_suivi", libelle="Suivi repris dans l’unité", acteur=acteur, reserve=True
    )
    if avant:
        annoncer_reprise(evenement=evenement, ancien=avant)
