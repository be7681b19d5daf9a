"""A hearing gets its slot: the requester, the ward and the admissions desk are told, each in its own words."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from convention.models import Service
from dossiers import echeances
from dossiers.classes import Classe
from dossiers.models import Dossier
from dossiers.models.participation import Part
from dossiers.participations import Octroi, accorder
from dossiers.suivi import relater, verrouiller
from presentation.temps import date_fr, heure_fr
from requisitions import documents
from requisitions.audition import (
    ECHEANCE,
    PATIENT,
    aptitude,
    ouverte,
    peut_programmer,
    peut_verifier_la_presence,
)
from requisitions.audition.annonces import annoncer_au_service, annoncer_au_service_quitte
from requisitions.audition.documents import note_d_audition
from requisitions.circuit import ACCUEIL, ENTREES, HOPITAL, service
from requisitions.models import Requisition, Seance
from requisitions.notifications import relater_en_interne
from requisitions.numeros import numero_des_juridiques
from requisitions.workflow.direction import prevenir_la_direction
from requisitions.workflow.table import exiger_verdict
from requisitions.workflow.table import ouverte as lettre_ouverte
from transitions.workflow import TransitionRefusee

Issue, Lieu = Seance.Issue, Seance.Lieu
CALCUL = "Heure donnée au requérant par l’hôpital."


@transaction.atomic
def programmer_audition(
    *, dossier: Dossier, acteur: Acteur, prevue_pour: datetime, lieu: str, service_prevenu: Service | None = None
) -> Seance:
    """Give a slot, or move the one that was given. The requester, the ward and the admissions desk are told."""
    dossier = verrouiller(dossier)
    exiger_verdict(peut_programmer(dossier, acteur))
    seances = list(dossier.seances.all())
    lettre = lettre_ouverte(dossier)
    _exiger_un_creneau(dossier, lettre, seances, prevue_pour)
    if dossier.variante == PATIENT:
        _exiger_un_service(service_prevenu)
    elif lieu == Lieu.CHAMBRE:
        raise TransitionRefusee("Un professionnel n’est pas entendu dans une chambre.", champ="lieu")
    courante = ouverte(seances)
    quitte, prevue_avant = (courante.service_prevenu, courante.prevue_pour) if courante else (None, prevue_pour)
    seance = fixer(dossier, courante, acteur, prevue_pour=prevue_pour, lieu=lieu, service_prevenu=service_prevenu)
    if dossier.variante == PATIENT:
        _prevenir_l_hopital(dossier, seance, acteur)
    if quitte and quitte != service_prevenu:
        annoncer_au_service_quitte(seance, quitte, prevue_avant)
    verbe = "déplacée au" if courante else "programmée le"
    relater(
        dossier=dossier,
        nom="programmer_audition",
        libelle=f"Audition {verbe} {date_fr(prevue_pour)} à {heure_fr(prevue_pour)}",
        acteur=acteur,
    )
    return seance


def _exiger_un_creneau(dossier: Dossier, lettre: Requisition, seances: list[Seance], prevue_pour: datetime) -> None:
    if lettre.authentifiee_le is None:
        raise TransitionRefusee(
            "Rappelez d’abord le service au numéro de l’annuaire\u00a0: un créneau dit que la personne est ici."
        )
    if prevue_pour <= timezone.now():
        raise TransitionRefusee("Cette heure est passée. Choisissez-en une à venir.", champ="prevue_pour")
    if seances and seances[-1].issue == Issue.REALISEE and not seances[-1].interruption:
        raise TransitionRefusee("L’audition a eu lieu. Une autre audition demande une nouvelle réquisition.")
    avis = aptitude.avis_de(dossier)
    if not avis:
        return
    if avis[-1].accord == aptitude.REFUS:
        raise TransitionRefusee("La personne a refusé d’être entendue. Il faut un nouvel avis qui porte son accord.")
    avant = avis[-1].reevaluer_avant
    if avis[-1].valeur == aptitude.INAPTE and avant and prevue_pour < avant:
        quand = f"le {date_fr(avant)} à {heure_fr(avant)}"
        raise TransitionRefusee(f"Le médecin revoit la personne {quand}. Pas de créneau avant.", champ="prevue_pour")


def _exiger_un_service(prevenu: Service | None) -> None:
    if prevenu is None:
        raise TransitionRefusee("Choisissez le service à prévenir.", champ="service_prevenu")
    if prevenu.institution.code != HOPITAL:
        raise TransitionRefusee("Choisissez un service de l’hôpital.", champ="service_prevenu")


def fixer(dossier: Dossier, courante: Seance | None, acteur: Acteur, **champs: Any) -> Seance:
    """The one open session of the case, and its place in the worklists."""
    seance = courante or Seance(dossier=dossier)
    for nom, valeur in champs.items():
        setattr(seance, nom, valeur)
    seance.programmee_le, seance.programmee_par_id = timezone.now(), acteur.utilisateur_id
    seance.presence, seance.presence_le, seance.presence_par = "", None, None
    seance.save()
    echeances.poser(
        dossier=dossier,
        nom=ECHEANCE,
        libelle="Audition",
        debut_le=seance.programmee_le,
        echeance_le=seance.prevue_pour,
        calcul=CALCUL,
    )
    prevenir_la_direction(dossier=dossier, lettre=lettre_ouverte(dossier), acteur=acteur, seance=seance)
    return seance


def _prevenir_l_hopital(dossier: Dossier, seance: Seance, acteur: Acteur) -> None:
    """The ward by a note handed on paper and a notice without a name; the admissions desk takes part, to verify."""
    entrees = service(ENTREES)
    ligne = "Une personne sera entendue\u00a0: présence à vérifier"
    octroi = Octroi(Part.Role.COPIE, ligne, "Audition à l’hôpital", ACCUEIL, service=entrees)
    accorder(dossier=dossier, octrois=[octroi], acteur=acteur)
    note = note_d_audition(dossier, seance, numero_des_juridiques())
    documents.verser(note, dossier, classe=Classe.IDENTITE, remise_a=[])
    relater(
        dossier=dossier,
        nom="noter_au_service",
        libelle=f"Note interne établie pour {seance.service_prevenu.nom}" if seance.service_prevenu else "Note interne",
        acteur=acteur,
        reserve=True,
    )
    annoncer_au_service(seance)


@transaction.atomic
def verifier_la_presence(*, dossier: Dossier, acteur: Acteur, presence: str) -> Seance:
    """The admissions desk, of the session that is open: the requester reads nothing of it."""
    dossier = verrouiller(dossier)
    exiger_verdict(peut_verifier_la_presence(dossier, acteur))
    seance = ouverte(list(dossier.seances.all()))
    if seance is None:
        raise TransitionRefusee("Aucune audition n’est programmée.")
    if presence not in Seance.Presence.values:
        raise TransitionRefusee("Dites si la personne est à l’hôpital.", champ="presence")
    seance.presence, seance.presence_le, seance.presence_par_id = presence, timezone.now(), acteur.utilisateur_id
    seance.save()
    mots = "présente à l’hôpital" if presence == Seance.Presence.PRESENTE else "la personne n’est pas à l’hôpital"
    relater_en_interne(
        dossier=dossier, nom="verifier_presence", libelle=f"Présence vérifiée\u00a0: {mots}", acteur=acteur
    )
    return seance
