"""The sending of a declaration: control, freeze, number, produce the document, address it, start the clocks."""

from dataclasses import replace
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from dossiers.classes import Classe
from dossiers.concurrence import version_attendue
from dossiers.models import Brouillon, Dossier
from dossiers.ouverture import numeroter
from fiches.models import ReferenceLegale
from signalements import remise
from signalements.contenu import services_de
from signalements.declarations import documents, policies, suivi
from signalements.declarations.contenu import canonique, ligne_neutre, lire, manquantes, rassembler, urgence
from signalements.remise import Signature
from signalements.workflow import WORKFLOW, poser_delais, prevoir


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
    copies = services_de(lue.voie.copies)
    remise.figer(
        lettre=lue.lettre,
        contenu=canonique(lue),
        document=documents.produire_declaration(lue),
        intitule=lue.voie.titre_pour(lue.reponses),
        classe=Classe.ADMINISTRATIF,
        pieces=lue.pieces,
        receveurs=[signature.destinataire, *copies],
        acteur=acteur,
    )
    remise.adresser(
        dossier=dossier,
        acteur=acteur,
        ligne=ligne_neutre(lue),
        base=lue.voie.base_libelle,
        destinataire=signature.destinataire,
        copies=copies,
    )
    suivi.poser_les_jalons(lue, acteur)
    poser_delais(dossier, lue.voie.delais)
    for jours in lue.voie.nouvelles:
        prevoir(dossier, "nouvelles", timezone.localdate() + timedelta(days=jours))
    Brouillon.objects.filter(dossier=dossier).delete()
    return dossier


def _signer(dossier: Dossier, acteur: Acteur, signature: Signature) -> None:
    """Write the signature on the letter, then run the controls of the route."""
    lue = lire(dossier)
    lettre = lue.lettre
    place = policies.place_d_auteur(lue.voie, acteur)
    lettre.base_legale = ReferenceLegale.objects.filter(cle=lue.voie.base_pour(lue.reponses)).first()
    remise.signer(lettre, acteur, signature)
    lettre.attestation = signature.attestation
    lettre.signataire_qualite = place.role.label.partition(":")[0].strip() if place else ""
    remise.passer_les_controles(
        objet="declaration",
        dossier=dossier,
        acteur=acteur,
        manquantes=manquantes(lue),
        faits=replace(rassembler(lue, acteur), contact_confirme=signature.contact_confirme),
        numeros=lue.voie.controles,
    )
    lettre.save()
