"""What the keeper answers to a preservation order: it is kept, or it is lost and by whose doing."""

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from dossiers import echeances
from dossiers.classes import Classe
from dossiers.models import Dossier
from dossiers.suivi import relater
from notifications.boite_envoi import publier
from requisitions import documents
from requisitions.documents import attestations
from requisitions.gels.pertes import PAR_L_HOPITAL, Perte
from requisitions.models import Gel
from requisitions.policies import peut_confirmer_gel
from requisitions.workflow.table import ouverte
from transitions.workflow import TransitionRefusee

SUJET_GEL, SUJET_PERTE = "requisition.gel", "requisition.perte"
ORDONNE = "ordonne"
GEL = "gel"


def annoncer_le_gel(gel: Gel, quoi: str) -> None:
    """`quoi`: ordered, late, or the days that are left; told once each."""
    publier(SUJET_GEL, cle_unique=f"gel:{gel.pk}:{quoi}", charge={"gel": gel.pk, "quoi": quoi})


@transaction.atomic
def confirmer_gel(*, dossier: Dossier, acteur: Acteur, support: str, cameras: str = "", empreinte: str = "") -> Gel:
    """The keeper says that the copy exists and where; an attestation tells the requester what is kept, never where."""
    gel = _tenu(dossier, acteur)
    if gel.confirme_le:
        raise TransitionRefusee("Le gel est déjà confirmé.")
    gel.support, gel.cameras, gel.empreinte = support, cameras, empreinte
    gel.confirme_le, gel.confirme_par_id = timezone.now(), acteur.utilisateur_id
    gel.save()
    echeances.tenir(dossier=dossier, nom=GEL)
    _attester(dossier, gel)
    relater(dossier=dossier, nom="confirmer_gel", libelle="Gel conservatoire confirmé", acteur=acteur)
    return gel


@transaction.atomic
def constater_perte(*, dossier: Dossier, acteur: Acteur, perte: str) -> Gel:
    """The keeper says that nothing is left, before or after a confirmation. The requester reads why; a loss by the
    hospital reaches legal affairs and the direction."""
    gel = _tenu(dossier, acteur)
    if gel.perte:
        raise TransitionRefusee("La perte est déjà notée.")
    if perte not in Gel.Perte.values:
        raise TransitionRefusee("Dites pourquoi les éléments manquent.")
    if perte == Gel.Perte.AVANT and gel.confirme_le:
        raise TransitionRefusee("Le gel a été confirmé : les éléments existaient à la réception.")
    gel.perte, gel.perdu_le, gel.perdu_par_id = perte, timezone.now(), acteur.utilisateur_id
    gel.save()
    echeances.tenir(dossier=dossier, nom=GEL)
    _attester(dossier, gel)
    libelle = Gel.Perte(perte).label
    relater(dossier=dossier, nom="constater_perte", libelle=libelle, acteur=acteur)
    if perte in PAR_L_HOPITAL:
        publier(SUJET_PERTE, cle_unique=f"perte:{gel.pk}:{perte}", charge={"gel": gel.pk})
    return gel


def _tenu(dossier: Dossier, acteur: Acteur) -> Gel:
    verdict = peut_confirmer_gel(dossier, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    gel: Gel = Gel.objects.select_for_update(of=("self",)).select_related("service").get(dossier=dossier)
    return gel


def _attester(dossier: Dossier, gel: Gel) -> None:
    lettre = ouverte(dossier)
    perte = Perte(gel.perte) if gel.perte else None
    attestation = documents.attestation_de_gel(dossier, lettre, attestations.du_gel(lettre, gel, perte))
    documents.verser(attestation, dossier, classe=Classe.ADMINISTRATIF, remise_a=[lettre.service_requerant])
