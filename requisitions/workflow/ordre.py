"""The Ordre at an operation: legal affairs summon it, it answers with the name of who comes (R-15), then reports."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from convention.acteur import Acteur
from dossiers import echeances
from dossiers.classes import Classe
from dossiers.models import Dossier
from dossiers.models.participation import Part
from dossiers.participations import Octroi, accorder
from dossiers.suivi import relater, verrouiller
from requisitions import documents, etats
from requisitions.circuit import ORDRE, service
from requisitions.doctrine import ordre_attendu
from requisitions.models import Convocation
from requisitions.notifications import annoncer_compte_rendu
from requisitions.policies import (
    peut_controler,
    peut_deplacer_convocation,
    peut_rendre_compte,
    peut_repondre_pour_l_ordre,
)
from requisitions.saisie.ordre import ECHEANCE, Reponse, a_repondre_avant, operation
from requisitions.types_acte.saisie import est_perquisition
from requisitions.workflow.table import exiger_verdict, ouverte
from transitions.workflow import TransitionRefusee

LIGNES = {
    Convocation.Operation.SAISIE: "Saisie : présence d’un représentant demandée",
    Convocation.Operation.PERQUISITION: "Perquisition : présence d’un représentant demandée",
    Convocation.Operation.REMISE: "Remise d’un dossier : présence d’un représentant demandée",
}


@transaction.atomic
def convoquer_ordre(
    *,
    dossier: Dossier,
    acteur: Acteur,
    lieu: str = Convocation.Lieu.ACCUEIL,
    prevue_pour: datetime | None = None,
) -> Dossier:
    """The medical Ordre is told of a seizure, without any name: it takes part and has its summons."""
    dossier = verrouiller(dossier)
    verdict = peut_controler(dossier, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    if not ordre_attendu(dossier.variante) or dossier.etat not in etats.INSTRUITE | {etats.RECUE}:
        raise TransitionRefusee("L’Ordre se convoque pour une saisie qui n’a pas encore eu lieu.")
    if hasattr(dossier, "convocation") or dossier.evenements.filter(nom="convoquer_ordre").exists():
        raise TransitionRefusee("L’Ordre est déjà convoqué.")
    lettre, ordre = ouverte(dossier), service(ORDRE)
    perquisition = est_perquisition("", inopinee=lettre.inopinee, precision=lettre.precision)
    convocation = Convocation.objects.create(
        dossier=dossier,
        service=ordre,
        operation=operation(dossier.variante, perquisition=perquisition),
        autorite=lettre.service_requerant.nom_externe,
        lieu=lieu,
        prevue_pour=prevue_pour,
        convoquee_le=timezone.now(),
        convoquee_par_id=acteur.utilisateur_id,
    )
    ligne = LIGNES[Convocation.Operation(convocation.operation)]
    accorder(
        dossier=dossier,
        octrois=[Octroi(Part.Role.COPIE, ligne, "Présence à une saisie", ordre.nom_externe, service=ordre)],
        acteur=acteur,
    )
    _ecrire(dossier, convocation)
    _attendre(dossier, convocation, depuis=convocation.convoquee_le)
    relater(dossier=dossier, nom="convoquer_ordre", libelle="Ordre des médecins convoqué", acteur=acteur)
    return dossier


@transaction.atomic
def deplacer_convocation(
    *, dossier: Dossier, acteur: Acteur, lieu: str, prevue_pour: datetime | None = None
) -> Dossier:
    """Another place or another hour: a new summons, and the answer, given for the former one, is asked again."""
    dossier = verrouiller(dossier)
    exiger_verdict(peut_deplacer_convocation(dossier, acteur))
    convocation: Convocation | None = Convocation.objects.select_for_update().filter(dossier=dossier).first()
    if convocation is None:
        raise TransitionRefusee("L’Ordre n’est pas convoqué.")
    if (lieu, prevue_pour) == (convocation.lieu, convocation.prevue_pour):
        raise TransitionRefusee("Ni le lieu ni l’heure n’ont changé.")
    convocation.lieu, convocation.prevue_pour = lieu, prevue_pour
    convocation.reponse = convocation.conseiller = convocation.motif = ""
    convocation.repondue_le = convocation.repondue_par = None
    convocation.save()
    _ecrire(dossier, convocation)
    echeances.tenir(dossier=dossier, nom=ECHEANCE)
    _attendre(dossier, convocation, depuis=timezone.now())
    libelle = "Ordre des médecins : rendez-vous déplacé, réponse à donner"
    relater(dossier=dossier, nom="deplacer_convocation", libelle=libelle, acteur=acteur)
    return dossier


def _ecrire(dossier: Dossier, convocation: Convocation) -> None:
    ecrit = documents.convocation_ordre(dossier, ouverte(dossier), convocation)
    documents.verser(ecrit, dossier, classe=Classe.ADMINISTRATIF, remise_a=[convocation.service])


def _attendre(dossier: Dossier, convocation: Convocation, *, depuis: datetime) -> None:
    avant, calcul = a_repondre_avant(depuis, convocation.prevue_pour, dossier.urgence)
    echeances.poser(
        dossier=dossier,
        nom=ECHEANCE,
        libelle="Réponse de l’Ordre",
        debut_le=depuis,
        echeance_le=avant,
        calcul=calcul,
    )


@transaction.atomic
def repondre_pour_l_ordre(
    *, dossier: Dossier, acteur: Acteur, reponse: str, conseiller: str = "", motif: str = ""
) -> Convocation:
    """Said again when the councillor changes, as long as the operation is not over."""
    dossier = verrouiller(dossier)
    verdict = peut_repondre_pour_l_ordre(dossier, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    convocation: Convocation | None = Convocation.objects.select_for_update().filter(dossier=dossier).first()
    if convocation is None or convocation.service_id not in acteur.services:
        raise TransitionRefusee("L’Ordre n’est pas convoqué.")
    vient = reponse == Reponse.VIENT
    if vient and not conseiller.strip():
        raise TransitionRefusee("Nommez le conseiller qui vient.")
    if not vient and not motif.strip():
        raise TransitionRefusee("Dites pourquoi aucun conseiller ne peut venir.")
    convocation.reponse = Reponse.VIENT if vient else Reponse.EMPECHE
    convocation.conseiller, convocation.motif = (conseiller.strip(), "") if vient else ("", motif.strip())
    convocation.repondue_le, convocation.repondue_par_id = timezone.now(), acteur.utilisateur_id
    convocation.save()
    echeances.tenir(dossier=dossier, nom=ECHEANCE)
    # Neutral words: the requester reads neither who comes nor why nobody does.
    libelle = "Ordre des médecins : présence confirmée" if vient else "Ordre des médecins : aucun conseiller disponible"
    relater(dossier=dossier, nom="repondre_pour_l_ordre", libelle=libelle, acteur=acteur)
    return convocation


@transaction.atomic
def rendre_compte_pour_l_ordre(
    *, dossier: Dossier, acteur: Acteur, compte_rendu: str, reserves: str = ""
) -> Convocation:
    """What the councillor saw done, for the Ordre and legal affairs alone; a later report replaces it, history kept."""
    dossier = verrouiller(dossier)
    verdict = peut_rendre_compte(dossier, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    convocation: Convocation | None = Convocation.objects.select_for_update().filter(dossier=dossier).first()
    if convocation is None or convocation.service_id not in acteur.services:
        raise TransitionRefusee("L’Ordre n’est pas convoqué.")
    if not compte_rendu.strip():
        raise TransitionRefusee("Écrivez le compte rendu de l’opération.")
    convocation.compte_rendu, convocation.reserves = compte_rendu.strip(), reserves.strip()
    convocation.rendu_le, convocation.rendu_par_id = timezone.now(), acteur.utilisateur_id
    convocation.save()
    relater(
        dossier=dossier,
        nom="rendre_compte_pour_l_ordre",
        libelle="Compte rendu du conseiller déposé",
        acteur=acteur,
        reserve=True,
    )
    annoncer_compte_rendu(convocation=convocation)
    return convocation


def convocations_de(acteur: Acteur) -> QuerySet[Convocation]:
    """The summonses of the actor's services, of the cases that are still theirs to see."""
    siennes = Convocation.objects.filter(
        service_id__in=acteur.services, dossier__in=Dossier.objects.visibles_par(acteur)
    )
    return siennes.select_related("dossier")
