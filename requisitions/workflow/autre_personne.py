"""The same act asked again, after the deposit, for somebody else: another case, tied to the first."""

from typing import Any

from django.db import transaction

from convention.acteur import Acteur
from dossiers.brouillons import commencer
from dossiers.models import Brouillon, Dossier
from requisitions.policies import peut_demander_pour_une_autre
from requisitions.workflow.enregistrement import GENRE, ORIGINE, copie_de_l_acte
from transitions.workflow import TransitionRefusee


@transaction.atomic
def preparer_pour_une_autre(*, dossier: Dossier, page: str, saisie: dict[str, Any], acteur: Acteur) -> Brouillon:
    """A draft of the deposit `page` that asks the same for another person; the signed act comes along as a copy."""
    verdict = peut_demander_pour_une_autre(dossier, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    brouillon = commencer(genre=GENRE, acteur=acteur)
    copie = copie_de_l_acte(dossier)
    brouillon.donnees = {page: saisie | ({"fichier_pk": copie.pk} if copie else {}), ORIGINE: str(dossier.cle)}
    brouillon.save()
    return brouillon
