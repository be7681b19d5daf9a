"""A requester without an account answers or gives up by word of mouth or on paper: the hospital writes it down."""

from django.db import transaction

from convention.acteur import Acteur
from dossiers.models import Dossier
from requisitions.pour_le_requerant import Parole
from requisitions.workflow.requerant import Reponse, completer, retirer
from transitions.workflow import TransitionRefusee


@transaction.atomic
def noter_reponse(*, dossier: Dossier, acteur: Acteur, parole: Parole, reponse: Reponse) -> Dossier:
    """As if the requester had answered; the directory call still comes before anything leaves (R-09)."""
    _exiger_l_auteur(parole)
    return completer("noter_reponse", dossier, acteur, reponse, commentaire=str(parole))


@transaction.atomic
def noter_retrait(*, dossier: Dossier, acteur: Acteur, parole: Parole, motif: str) -> Dossier:
    _exiger_l_auteur(parole)
    return retirer("noter_retrait", dossier, acteur, commentaire=f"{parole} {motif}")


def _exiger_l_auteur(parole: Parole) -> None:
    if not parole.dite:
        raise TransitionRefusee(parole.dite.raison)
