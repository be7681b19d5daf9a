"""The end of a demand that its author never put right: closed by legal affairs, in writing, once the time is over."""

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from dossiers import echeances
from dossiers.classes import Classe
from dossiers.models import Dossier
from dossiers.suivi import relater
from presentation.temps import date_fr, heure_fr
from requisitions import documents
from requisitions.circuit import copier_au_parquet
from requisitions.controles import r25_execution
from requisitions.faits import faits_de
from requisitions.models import Regularisation
from requisitions.workflow.instruction import figer
from requisitions.workflow.table import appliquer, exiger, ouverte
from transitions.verdict import OUI, Constat, Verdict, non
from transitions.workflow import TransitionRefusee


def sans_reponse(dossier: Dossier) -> Regularisation | None:
    demande: Regularisation | None = dossier.regularisations.filter(repondue_le=None).last()
    return demande


def derniere_reponse(dossier: Dossier) -> Regularisation | None:
    repondue: Regularisation | None = dossier.regularisations.exclude(repondue_le=None).last()
    return repondue


def peut_etre_classee(demande: Regularisation | None) -> Verdict:
    """The requester has until the date of the letter; who may close is the policy's matter."""
    if demande is None:
        return non("Aucune régularisation n’attend de réponse.")
    if timezone.now() < demande.avant:
        limite = f"{date_fr(demande.avant)} à {heure_fr(demande.avant)}"
        return non(f"Le requérant peut répondre jusqu’au {limite}. Vous pourrez classer ensuite.")
    return OUI


def examen_du(dossier: Dossier) -> Constat | None:
    """R-25: what bars the closing of a case whose examination was mandatory and did not take place."""
    return r25_execution(faits_de(dossier, dossier.requisition))


@transaction.atomic
def classer(*, dossier: Dossier, acteur: Acteur, empechement: str = "") -> Dossier:
    """Nobody answered: a letter to the requester, a copy to the parquet; a new requisition stays possible.

    `empechement`: why the examination that was due did not take place (R-25).
    """
    dossier = exiger("classer", dossier, acteur)
    if constat := examen_du(dossier):
        if not empechement.strip():
            raise TransitionRefusee(constat.message, champ="empechement")
        relater(
            dossier=dossier,
            nom="empechement",
            libelle="Examen empêché",
            acteur=acteur,
            commentaire=empechement,
            reserve=True,
        )
    demande = sans_reponse(dossier)
    verdict = peut_etre_classee(demande)
    if demande is None or not verdict:
        raise TransitionRefusee(verdict.raison)
    dossier = appliquer("classer", dossier, acteur)
    lettre = ouverte(dossier)
    figer(lettre, dossier)
    # The pause belongs to the requester: the hospital's time is not late for it.
    echeances.reprendre(dossier=dossier, nom="reponse")
    echeances.tenir(dossier=dossier, nom="reponse")
    parquet = copier_au_parquet(dossier, lettre, acteur, "Réquisition classée sans réponse")
    ecrit = documents.classement(dossier, lettre, demande)
    documents.verser(ecrit, dossier, classe=Classe.JUDICIAIRE, remise_a=[lettre.service_requerant, parquet])
    return dossier
