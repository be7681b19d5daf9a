"""A requester without an account answers or gives up by word of mouth or on paper: the hospital writes it down."""

from django.db import transaction

from convention.acteur import Acteur
from dossiers.models import Dossier
from requisitions.pour_le_requerant import Parole
from requisitions.workflow.requerant import Reponse, completer, retirer
from requisitions.workflow.table import ouverte
from transitions.workflow import TransitionRefusee


@transaction.atomic
def noter_reponse(*, dossier: Dossier, acteur: Acteur, parole: Parole, reponse: Reponse) -> Dossier:
    """As if the requester had answered. A call made before says nothing of this word: they are called again (R-09)."""
    _exiger_l_auteur(parole)
    dossier = completer("noter_reponse", dossier, acteur, reponse, commentaire=str(parole))
    lettre = ouverte(dossier)
    lettre.authentifiee_le, lettre.authentifiee_par, lettre.numero_rappel = None, None, ""
    lettre.save()
    return dossier


@transaction.atomic
def noter_retrait(*, dossier: Dossier, acteur: Acteur, parole: Parole, motif: str) -> Dossier:
    _exiger_l_auteur(parole)
    return retirer("noter_retrait", dossier, acteur, commentaire=f"{parole} {motif}")


def _exiger_l_auteur(parole: Parole) -> None:
    if not parole.dite:
        raise TransitionRefusee(parole.dite.raison)
