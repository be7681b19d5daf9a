"""The sending of a declaration: control, freeze, number, produce the document, address it, start the clocks."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from convention.models import Service
from documents.empreinte import empreinte
from dossiers.classes import Classe
from dossiers.concurrence import version_attendue
from dossiers.models import Brouillon, Dossier
from dossiers.models.participation import Part
from dossiers.ouverture import numeroter
from dossiers.participations import Octroi, accorder
from dossiers.pieces import joindre
from fiches.models import ReferenceLegale
from journal.carnet import noter
from signalements.contenu import services_de
from signalements.controles import controler
from signalements.declarations import documents, policies
from signalements.declarations.contenu import canonique, ligne_neutre, lire, manquantes, rassembler, urgence
from signalements.workflow import WORKFLOW, ControlesBloquants, poser_delais
from transitions.workflow import TransitionRefusee


@dataclass(frozen=True, slots=True)
class Signature:
    """What the signatory adds on the last page."""

    destinataire: Service
    attestation: bool
    telephone_rappel: str = ""
    date_appel: datetime | None = None
    interlocuteur: str = ""


@transaction.atomic
def transmettre(*, dossier: Dossier, acteur: Acteur, signature: Signature, version: str | None = None) -> Dossier:
    """Raises ControlesBloquants with every finding, or TransitionRefusee."""
    verifier_version = version_attendue(version)

    def preparer(verrouille: Dossier) -> None:
        verifier_version(verrouille)
        numeroter(verrouille, WORKFLOW.nom)
        verrouille.urgence = urgence(lire(verrouille))
        _signer(verrouille, acteur, signature)

    dossier = WORKFLOW.appliquer(
        "transmettre", dossier, acteur=acteur, avant_ecriture=preparer, donnees={"libelle": "Déclaration transmise"}
    )
    lue = lire(dossier)
    receveurs = [signature.destinataire, *services_de(lue.voie.copies)]
    _produire_et_figer(dossier, acteur, receveurs)
    _adresser(dossier, acteur, receveurs)
    poser_delais(dossier, lue.voie.delais)
    Brouillon.objects.filter(dossier=dossier).delete()
    return dossier


def _signer(dossier: Dossier, acteur: Acteur, signature: Signature) -> None:
    """Write the signature on the letter, then run the controls of the route."""
    lue = lire(dossier)
    lettre = lue.lettre
    place = policies.place_d_auteur(lue.voie, acteur)
    lettre.base_legale = ReferenceLegale.objects.filter(cle=lue.voie.base_pour(lue.reponses)).first()
    lettre.destinataire, lettre.attestation = signature.destinataire, signature.attestation
    lettre.telephone_rappel = signature.telephone_rappel
    lettre.date_appel, lettre.interlocuteur = signature.date_appel, signature.interlocuteur
    lettre.signataire_nom = acteur.nom
    lettre.signataire_qualite = place.role.label.partition(":")[0].strip() if place else ""
    if restantes := manquantes(lue):
        raise TransitionRefusee(f"Complétez d’abord\u00a0: {', '.join(restantes)}.")
    constats = controler(rassembler(lue, acteur), lue.voie.controles)
    if any(constat.bloque for constat in constats):
        raise ControlesBloquants(constats)
    resultats = {constat.numero: f"{constat.niveau} acquitté, {constat.version}" for constat in constats}
    noter("controler", acteur=acteur, objet="declaration", cle=dossier.cle, details=resultats)
    lettre.save()


def _produire_et_figer(dossier: Dossier, acteur: Acteur, receveurs: list[Service]) -> None:
    lue = lire(dossier)
    document = documents.produire_declaration(lue)
    joindre(
        dossier=dossier,
        intitule=lue.voie.titre_pour(lue.reponses)[:120],
        classe=Classe.ADMINISTRATIF,
        fichier=document.fichier,
        acteur=acteur,
        document=document,
        remise_a=receveurs,
    )
    for piece in lue.pieces:
        piece.remise_a.add(*receveurs)
    lue.lettre.fige_le = timezone.now()
    lue.lettre.empreinte = empreinte(canonique(lue))
    lue.lettre.save()


def _adresser(dossier: Dossier, acteur: Acteur, receveurs: list[Service]) -> None:
    lue = lire(dossier)
    ligne = ligne_neutre(lue)
    roles = [Part.Role.DESTINATAIRE, *[Part.Role.COPIE] * (len(receveurs) - 1)]
    octrois = [
        Octroi(
            role, ligne, f"{role.label.lower()}, {lue.voie.base_libelle}"[:120], service.nom_externe, service=service
        )
        for role, service in zip(roles, receveurs, strict=True)
    ]
    accorder(dossier=dossier, octrois=octrois, acteur=acteur)
