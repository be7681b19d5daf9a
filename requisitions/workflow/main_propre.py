"""A closed envelope, a seal or an encrypted key handed over at the counter, to somebody whose identity was checked."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from documents.models import Fichier
from dossiers.classes import Classe
from dossiers.conservation.conserver import a_reexaminer
from dossiers.models import Dossier
from dossiers.pieces import joindre
from requisitions import documents
from requisitions.models import Remise
from requisitions.workflow.restitution import suivre_apres_la_remise
from requisitions.workflow.sortie import exiger_le_titre
from requisitions.workflow.table import WORKFLOW, appliquer, exiger, ouverte
from transitions.workflow import TransitionRefusee

BORDEREAU_SIGNE = "Bordereau signé"


@dataclass(frozen=True, slots=True)
class Porteur:
    """Who came, how that was checked, and when."""

    nom: str
    identite: str
    le: datetime


def remise_en_main_possible(dossier: Dossier, acteur: Acteur) -> bool:
    """Whether something waits at the counter that this person may hand over."""
    remise = dossier.remises.first()
    return remise is not None and remise.en_main and bool(WORKFLOW.verdict("remettre_en_main", dossier, acteur))


@transaction.atomic
def remettre_en_main(*, dossier: Dossier, acteur: Acteur, porteur: Porteur, signe: Fichier | None = None) -> Remise:
    """Close the delivery: the receipt names both hands; `signe` is the paper that they signed."""
    dossier = exiger("remettre_en_main", dossier, acteur)
    remise: Remise = Remise.objects.select_for_update().filter(dossier=dossier).order_by("-numero")[0]
    if not remise.en_main:
        raise TransitionRefusee("Cette réponse se retire dans Trait d’union, par le service requérant.")
    if not remise.prete_le.replace(second=0, microsecond=0) <= porteur.le <= timezone.now():
        raise TransitionRefusee("La remise a eu lieu après la mise à disposition, et pas dans l’avenir.")
    exiger_le_titre(dossier, ouverte(dossier), le=porteur.le)
    if signe is not None:
        joindre(dossier=dossier, intitule=BORDEREAU_SIGNE, classe=Classe.JUDICIAIRE, fichier=signe, acteur=acteur)
    dossier = appliquer("remettre_en_main", dossier, acteur)
    lettre = ouverte(dossier)
    remise.confiee_le, remise.confiee_par_id = porteur.le, acteur.utilisateur_id
    remise.porteur, remise.identite = porteur.nom, porteur.identite
    remise.recepisse = documents.recepisse_en_main(dossier, lettre, remise, par=acteur.nom)
    remise.save()
    a_reexaminer(dossier)
    documents.verser(remise.recepisse, dossier, classe=Classe.ADMINISTRATIF, remise_a=[lettre.service_requerant])
    suivre_apres_la_remise(dossier)
    return remise
