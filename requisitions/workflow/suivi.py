"""A colleague of the unit takes a demand over: who followed it is told, the unit's own trace says so."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from convention.acteur import Acteur
from convention.models import Rattachement
from dossiers.models import Dossier, Participation
from dossiers.participations import suivre
from dossiers.suivi import relater, verrouiller
from requisitions.notifications import annoncer_reprise
from requisitions.policies import peut_reprendre_le_suivi
from transitions.workflow import TransitionRefusee


def suivie_par(dossier: Dossier, acteur: Acteur) -> int | None:
    """Who follows the demand in the unit: whoever took it over, else whoever of theirs deposited it."""
    siennes = Participation.objects.vivantes().filter(content_object=dossier, group_id__in=acteur.groupes)
    prise = siennes.exclude(suivi_par=None).values_list("suivi_par_id", flat=True).first()
    return prise or deposants([dossier.cree_par_id], acteur).first()


def deposants(personnes: Iterable[int], acteur: Acteur) -> QuerySet[Rattachement, int]:
    """Those of the actor's own houses: what the hospital wrote down for a unit is followed there by nobody yet."""
    ici = Rattachement.objects.filter(utilisateur__in=list(personnes), service__institution_id__in=acteur.institutions)
    return ici.order_by("utilisateur").values_list("utilisateur_id", flat=True).distinct()


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
