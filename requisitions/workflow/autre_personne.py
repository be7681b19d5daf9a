"""The same act asked again, after the deposit, for somebody else: another case, tied to the first."""

from typing import Any

from django.db import transaction

from convention.acteur import Acteur
from dossiers.brouillons import commencer
from dossiers.models import Brouillon, Dossier
from requisitions.policies import peut_demander_pour_une_autre
from requisitions.workflow.acte import ACTE_SIGNE, APPUI, copie_pour_un_autre
from requisitions.workflow.enregistrement import GENRE, ORIGINE
from transitions.workflow import TransitionRefusee


@transaction.atomic
def preparer_pour_une_autre(*, dossier: Dossier, page: str, saisie: dict[str, Any], acteur: Acteur) -> Brouillon:
    """A draft of the deposit `page` that asks the same for another person; its papers come along as copies."""
    verdict = peut_demander_pour_une_autre(dossier, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    brouillon = commencer(genre=GENRE, acteur=acteur)
    copies = {"fichier_pk": copie_pour_un_autre(dossier, ACTE_SIGNE), "appui_pk": copie_pour_un_autre(dossier, APPUI)}
    gardes: dict[str, Any] = {cle: copie.pk for cle, copie in copies.items() if copie}
    if dossier.requisition.ordre_ecrit and "appui_pk" not in gardes:
        gardes["ordre_ecrit"] = "on"
    brouillon.donnees = {page: saisie | gardes, ORIGINE: str(dossier.cle)}
    brouillon.save()
    return brouillon
