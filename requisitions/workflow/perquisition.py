"""The unplanned search: somebody is at the door, the hospital opens the case, legal affairs check afterwards."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.roles import Role
from convention.acteur import Acteur, Place
from convention.models import Rattachement, Service
from dossiers import echeances
from dossiers.classes import Classe
from dossiers.models import Dossier, Piece
from dossiers.models.participation import Part
from dossiers.ouverture import ouvrir
from dossiers.participations import Octroi, accorder
from dossiers.suivi import relater, verrouiller
from fiches.models import ReferenceLegale
from requisitions import documents, etats
from requisitions.annonces.circuit import annoncer_a_prevoir, avertis
from requisitions.circuit import ACCUEIL, DIRECTION, copier_au_parquet, octrois_du_depot, service
from requisitions.models import Cadre, Convocation, Requisition, Volet
from requisitions.notifications import relater_en_interne
from requisitions.policies import peut_controler, peut_ouvrir_perquisition
from requisitions.saisie import documents as documents_saisie
from requisitions.saisie.inventaire import scelles_de
from requisitions.saisie.perquisition import CONTROLE, peut_controler_apres
from requisitions.table import DECLAREES, chercher, lignes_en_vigueur
from requisitions.types_acte import type_acte
from requisitions.volet import garder_moment
from requisitions.workflow.grille import remplir_la_grille
from requisitions.workflow.ordre import convoquer_ordre
from requisitions.workflow.table import WORKFLOW, exiger_verdict, ouverte
from transitions.workflow import TransitionRefusee

SOUS = timedelta(hours=24)


@transaction.atomic
def ouvrir_perquisition(
    *,
    acteur: Acteur,
    requerant: Service,
    cadre: str,
    mission: str,
    arrivee_le: datetime,
    magistrat: str = "",
    officier: str = "",
    appel_parquet_le: datetime | None = None,
    garde_appelee_le: datetime | None = None,
    ordre_appele_le: datetime | None = None,
    lieu: str = Convocation.Lieu.ACCUEIL,
) -> Dossier:
    """Nothing was asked before: the case starts where the search does, and the Ordre is summoned at once.

    Without a magistrate there, `officier` is who leads it: the parquet has the case too, and R-16 says so to the end.
    """
    verdict = peut_ouvrir_perquisition(acteur)
    place = acteur.place(Role.JURISTE, Role.GARDE)
    if not verdict or place is None:
        raise TransitionRefusee(verdict.raison)
    if not (magistrat or officier):
        raise TransitionRefusee("Dites qui conduit l’opération.")
    dossier = _enveloppe(acteur, place, requerant)
    lettre = _lettre(dossier, requerant, cadre, magistrat, officier, mission)
    moments = {
        "magistrat_arrive_le": arrivee_le if magistrat else None,
        "appel_parquet_le": None if magistrat else appel_parquet_le,
        "garde_appelee_le": garde_appelee_le,
        "ordre_appele_le": ordre_appele_le,
    }
    _noter(dossier, acteur, magistrat, moments)
    _prevenir(dossier, lettre, acteur)
    if not magistrat:
        copier_au_parquet(dossier, lettre, acteur, "Perquisition sans magistrat")
    relater(dossier=dossier, nom="ouvrir_perquisition", libelle="Perquisition inopinée", acteur=acteur)
    return convoquer_ordre(dossier=dossier, acteur=acteur, lieu=lieu, prevue_pour=arrivee_le)


def _noter(dossier: Dossier, acteur: Acteur, magistrat: str, moments: dict[str, datetime | None]) -> None:
    notes = {nom: garder_moment(moment) for nom, moment in moments.items() if moment}
    Volet.objects.create(
        dossier=dossier,
        donnees={"operation": "perquisition", "magistrat_present": bool(magistrat), "magistrat": magistrat, **notes},
        rempli_par_id=acteur.utilisateur_id,
    )


def _enveloppe(acteur: Acteur, place: Place, requerant: Service) -> Dossier:
    """Opened by the hospital, in the name of the service at the door: that is who reads it and is called back."""
    dossier = ouvrir(
        nature="REQUISITION",
        variante="SAISIE",
        workflow=WORKFLOW,
        etat=etats.EN_EXECUTION,
        place=place,
        acteur=acteur,
        urgence="IMMEDIATE",
        fiche_code="requisitions",
    )
    dossier.service_emetteur = requerant
    dossier.transmis_le, dossier.transmis_par_id = timezone.now(), acteur.utilisateur_id
    dossier.save()
    return dossier


def _prevenir(dossier: Dossier, lettre: Requisition, acteur: Acteur) -> None:
    """Legal affairs, the administrator on call and the direction know; the control afterwards has its deadline."""
    direction = Octroi(
        Part.Role.OBSERVATEUR, "Perquisition en cours", "Direction prévenue", ACCUEIL, service=service(DIRECTION)
    )
    accorder(
        dossier=dossier, octrois=[*octrois_du_depot(lettre, de_garde=True, gardien=None), direction], acteur=acteur
    )
    annoncer_a_prevoir(dossier=dossier, codes=avertis(dossier))
    maintenant = timezone.localtime(dossier.transmis_le)
    echeances.poser(
        dossier=dossier,
        nom=CONTROLE,
        libelle="Contrôle a posteriori",
        debut_le=maintenant,
        echeance_le=maintenant + SOUS,
        calcul="Vingt-quatre heures après l’ouverture du dossier (convention, proposé).",
    )


def _lettre(
    dossier: Dossier, requerant: Service, cadre: str, magistrat: str, officier: str, mission: str
) -> Requisition:
    jour = timezone.localdate(dossier.transmis_le)
    precision = DECLAREES["SAISIE"] if cadre == Cadre.FLAG else ""
    ligne = chercher(lignes_en_vigueur(jour), cadre, "SAISIE", le=jour, precision=precision)
    qualite = Rattachement.Qualite.JI if cadre == Cadre.CR else Rattachement.Qualite.SUBSTITUT
    lettre = Requisition.objects.create(
        dossier=dossier,
        type_acte="SAISIE",
        cadre=cadre,
        precision=precision,
        ligne_decision=ligne,
        autorite_nom=magistrat or officier,
        autorite_qualite=qualite if magistrat else Rattachement.Qualite.OPJ,
        service_requerant=requerant,
        mission=mission,
        inopinee=True,
    )
    if ligne:
        lettre.articles.set(ReferenceLegale.objects.filter(cle__in=ligne.articles))
    return lettre


@transaction.atomic
def controler_apres(*, dossier: Dossier, acteur: Acteur, conclusion: str) -> Dossier:
    """Legal affairs read the mentions once the search is under way, and write what they find."""
    dossier = verrouiller(dossier)
    exiger_verdict(peut_controler_apres(dossier, acteur))
    remplir_la_grille(dossier, ouverte(dossier), acteur)
    echeances.tenir(dossier=dossier, nom=CONTROLE)
    relater_en_interne(
        dossier=dossier,
        nom="controler_apres",
        libelle="Contrôle a posteriori fait",
        acteur=acteur,
        commentaire=conclusion,
    )
    return dossier


@transaction.atomic
def editer_fiches_de_scelle(*, dossier: Dossier, acteur: Acteur) -> list[Piece]:
    """One a seal, kept inside; edited again after each change."""
    dossier = verrouiller(dossier)
    verdict = peut_controler(dossier, acteur)
    volet = Volet.objects.filter(dossier=dossier).first()
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    scelles = scelles_de(dossier)
    if not scelles:
        raise TransitionRefusee("Aucun scellé n’est inscrit à l’inventaire.")
    lettre = ouverte(dossier)
    pieces = [
        documents.verser(
            documents_saisie.fiche_de_scelle(dossier, lettre, volet, scelle),
            dossier,
            classe=Classe.JUDICIAIRE,
            remise_a=[],
        )
        for scelle in scelles
    ]
    relater(dossier=dossier, nom="editer_fiches", libelle="Fiches de scellé éditées", acteur=acteur, reserve=True)
    return pieces


@transaction.atomic
def rediger_compte_rendu(*, dossier: Dossier, acteur: Acteur) -> Piece:
    """The hospital has no copy of the official record: its own report, kept inside, made again after each change."""
    dossier = verrouiller(dossier)
    verdict = peut_controler(dossier, acteur)
    volet = Volet.objects.filter(dossier=dossier).first()
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    if not type_acte(dossier.variante).saisie or volet is None:
        raise TransitionRefusee("Notez d’abord l’opération : le compte rendu en est tiré.")
    ecrit = documents_saisie.compte_rendu(dossier, ouverte(dossier), volet)
    piece = documents.verser(ecrit, dossier, classe=Classe.JUDICIAIRE, remise_a=[])
    relater(
        dossier=dossier, nom="rediger_compte_rendu", libelle="Compte rendu interne rédigé", acteur=acteur, reserve=True
    )
    return piece
