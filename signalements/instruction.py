"""The verbs after the sending: the recipient's, and the author's complement."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from convention.acteur import Acteur
from convention.models import Service
from documents.empreinte import empreinte
from documents.models import Fichier
from dossiers import echeances
from dossiers.classes import Classe
from dossiers.concurrence import version_attendue
from dossiers.models import Dossier, Message
from dossiers.pieces import joindre
from dossiers.suivi import relater, verrouiller
from signalements import etats, policies
from signalements.contenu import lire, rassembler
from signalements.controles import controler
from signalements.models import Complement, Suite
from signalements.remise import ControlesBloquants
from signalements.reponses import SuiteType
from signalements.voies import VOIES
from signalements.workflow import ACCUSE, SUITE, WORKFLOW, service_destinataire
from transitions.workflow import TransitionRefusee


@transaction.atomic
def accuser_reception(*, dossier: Dossier, acteur: Acteur, version: str | None = None) -> Dossier:
    dossier = WORKFLOW.appliquer("accuser_reception", dossier, acteur=acteur, avant_ecriture=version_attendue(version))
    echeances.tenir(dossier=dossier, nom=ACCUSE)
    return dossier


@transaction.atomic
def prendre_en_examen(*, dossier: Dossier, acteur: Acteur, version: str | None = None) -> Dossier:
    return WORKFLOW.appliquer(  # type: ignore[no-any-return]
        "prendre_en_examen", dossier, acteur=acteur, avant_ecriture=version_attendue(version)
    )


@transaction.atomic
def demander_complement(*, dossier: Dossier, acteur: Acteur, texte: str, version: str | None = None) -> Dossier:
    """Write to the author and stop the clock until the answer."""
    dossier = WORKFLOW.appliquer(
        "demander_complement", dossier, acteur=acteur, avant_ecriture=version_attendue(version)
    )
    place = acteur.place(*policies.RECEVEURS)
    if place is None:
        raise TransitionRefusee("Cette demande se fait au titre du service destinataire.")
    Message.objects.create(
        dossier=dossier,
        auteur_id=acteur.utilisateur_id,
        service_id=place.service_id,
        vers_service_id=dossier.service_emetteur_id,
        objet="Complément demandé",
        texte=texte,
    )
    echeances.suspendre(dossier=dossier, nom=SUITE)
    return dossier


@transaction.atomic
def completer(
    *,
    dossier: Dossier,
    acteur: Acteur,
    cle: uuid.UUID,
    texte: str,
    objet: str = Complement.Objet.COMPLEMENT,
    fichier: Fichier | None = None,
) -> Complement:
    """Add a numbered, frozen complement, asked for or not. `cle` is the key of its form, sent once."""
    dossier = verrouiller(dossier)
    existant = Complement.objects.filter(cle=cle, dossier=dossier).first()
    if existant:
        return existant
    verdict = policies.peut_completer(dossier, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    dernier = dossier.complements.aggregate(dernier=Max("numero"))["dernier"] or 0
    contenu = {
        "reference": dossier.reference,
        "numero": dernier + 1,
        "objet": objet,
        "texte": texte,
        "piece": fichier.empreinte if fichier else "",
    }
    complement = Complement.objects.create(
        cle=cle,
        dossier=dossier,
        numero=dernier + 1,
        objet=objet,
        texte=texte,
        fige_le=timezone.now(),
        fige_par_id=acteur.utilisateur_id,
        empreinte=empreinte(contenu),
    )
    if fichier:
        _joindre_au_complement(complement, fichier, acteur)
    _annoncer(dossier, acteur, complement)
    return complement


def _joindre_au_complement(complement: Complement, fichier: Fichier, acteur: Acteur) -> None:
    destinataire = service_destinataire(complement.dossier)
    piece = joindre(
        dossier=complement.dossier,
        intitule=f"Pièce du complément n°\u00a0{complement.numero}",
        classe=Classe.MEDICAL,
        fichier=fichier,
        acteur=acteur,
        remise_a=[destinataire] if destinataire else (),
    )
    complement.pieces.add(piece)


def _annoncer(dossier: Dossier, acteur: Acteur, complement: Complement) -> None:
    """An answer to a request moves the case and restarts the clock; a spontaneous one is only told."""
    fin = complement.objet == Complement.Objet.FIN
    libelle = "Fin de la recherche annoncée" if fin else f"Complément n°\u00a0{complement.numero} transmis"
    if dossier.etat == etats.COMPLEMENT_DEMANDE:
        dossier = WORKFLOW.appliquer("completer", dossier, acteur=acteur, donnees={"libelle": libelle})
        echeances.reprendre(dossier=dossier, nom=SUITE)
    else:
        relater(dossier=dossier, nom="completer", libelle=libelle, acteur=acteur)


@transaction.atomic
def enregistrer_suite(
    *,
    dossier: Dossier,
    acteur: Acteur,
    cle: uuid.UUID,
    suite_type: str,
    jour: date,
    information: str = "",
    propres: Mapping[str, Any] | None = None,
    version: str | None = None,
) -> Suite:
    """Record an outcome and what the reporter is told of it. `cle` is the key of its form, sent once."""
    dossier = verrouiller(dossier)
    existante = Suite.objects.filter(cle=cle, dossier=dossier).first()
    if existante:
        return existante
    nom = "reorienter" if suite_type == SuiteType.TRANSMIS_AUTRE_PARQUET else "enregistrer_suite"
    dossier = WORKFLOW.appliquer(nom, dossier, acteur=acteur, avant_ecriture=version_attendue(version))
    place = acteur.place(*policies.RECEVEURS)
    if place is None:
        raise TransitionRefusee("Une suite s’enregistre au titre du service destinataire.")
    suite = Suite.objects.create(
        cle=cle,
        dossier=dossier,
        suite_type=suite_type,
        date=jour,
        information=information,
        propres=dict(propres or {}),
        service=Service.objects.get(pk=place.service_id),
        enregistree_par_id=acteur.utilisateur_id,
    )
    for echeance in (ACCUSE, SUITE):
        echeances.tenir(dossier=dossier, nom=echeance)
    return suite


@transaction.atomic
def clore(*, dossier: Dossier, acteur: Acteur, version: str | None = None) -> Dossier:
    """Close, unless a control of the voie's closing holds it."""
    verifier_version = version_attendue(version)

    def preparer(verrouille: Dossier) -> None:
        verifier_version(verrouille)
        # A route without a patient has none of its own.
        if verrouille.variante not in VOIES:
            return
        lu = lire(verrouille)
        constats = controler(replace(rassembler(lu, acteur), fin_connue=_fin_connue(verrouille)), lu.voie.cloture)
        if any(constat.bloque for constat in constats):
            raise ControlesBloquants(constats)

    libelle = VOIES[dossier.variante].mots.clos if dossier.variante in VOIES else "Déclaration close"
    return WORKFLOW.appliquer(  # type: ignore[no-any-return]
        "clore", dossier, acteur=acteur, avant_ecriture=preparer, donnees={"libelle": libelle}
    )


def _fin_connue(dossier: Dossier) -> bool:
    """The hospital said that the search is over, or the recipient recorded that the person is found."""
    return (
        dossier.complements.filter(objet=Complement.Objet.FIN).exists()
        or dossier.suites.filter(suite_type=SuiteType.RETROUVEE).exists()
    )
