"""The handing over of a certificate: control, freeze, number, two papers. It is addressed to nobody."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from documents.empreinte import empreinte
from dossiers.classes import Classe
from dossiers.concurrence import version_attendue
from dossiers.models import Brouillon, Dossier
from dossiers.ouverture import numeroter
from dossiers.pieces import joindre
from journal.carnet import noter
from signalements import certificat, policies
from signalements.contenu import Lu, canonique, lire, rassembler, travaille_ici
from signalements.controles import controler
from signalements.parcours import etapes_manquantes
from signalements.remise import ControlesBloquants
from signalements.workflow import WORKFLOW, poser_les_jours_prevus
from transitions.verdict import Constat
from transitions.workflow import TransitionRefusee

BORDEREAU = "Bordereau de remise du certificat"


@dataclass(frozen=True, slots=True)
class Remise:
    """To whom it is handed, and when."""

    remis_a: str
    remis_le: datetime


def controler_remise(lu: Lu, acteur: Acteur, remis_a: str = "") -> list[Constat]:
    """What holds the certificate; who receives it is looked at once it is answered."""
    faits = replace(rassembler(lu, acteur), de_la_maison=travaille_ici(lu))
    numeros = (*lu.voie.controles, "C34") if remis_a else lu.voie.controles
    return controler(replace(faits, propres={**faits.propres, "remis_a": remis_a}), numeros)


@transaction.atomic
def remettre(*, dossier: Dossier, acteur: Acteur, remise: Remise, version: str | None = None) -> Dossier:
    """Sign, freeze, and keep the trace of who received it. Raises ControlesBloquants or TransitionRefusee."""
    verifier_version = version_attendue(version)

    def preparer(verrouille: Dossier) -> None:
        verifier_version(verrouille)
        numeroter(verrouille, WORKFLOW.nom)
        _signer(verrouille, acteur, remise)

    dossier = WORKFLOW.appliquer("remettre", dossier, acteur=acteur, avant_ecriture=preparer, donnees={"reserve": True})
    lu = lire(dossier)
    for genre, titre in ((certificat.CERTIFICAT, certificat.intitule(lu)), (certificat.BORDEREAU, BORDEREAU)):
        document = certificat.produire_papier(lu, genre, titre)
        joindre(
            dossier=dossier,
            intitule=titre,
            classe=Classe.MEDICAL,
            fichier=document.fichier,
            acteur=acteur,
            document=document,
        )
    lu.lettre.fige_le = timezone.now()
    lu.lettre.empreinte = empreinte(canonique(lu))
    lu.lettre.save()
    poser_les_jours_prevus(dossier, lu.lettre.propres or {})
    Brouillon.objects.filter(dossier=dossier).delete()
    return dossier


def _signer(dossier: Dossier, acteur: Acteur, remise: Remise) -> None:
    place = policies.place_d_auteur(acteur)
    lu = lire(dossier)
    lettre = lu.lettre
    lettre.profession = place.profession if place else ""
    lettre.signataire_nom = acteur.nom
    lettre.signataire_matricule = place.matricule if place else ""
    lettre.signataire_service = place.service_nom if place else ""
    lettre.attestation_conscience = True
    if restantes := etapes_manquantes(lu):
        raise TransitionRefusee(f"Complétez d’abord\u00a0: {', '.join(restantes)}.")
    constats = controler_remise(lu, acteur, remise.remis_a)
    if any(constat.bloque for constat in constats):
        raise ControlesBloquants(constats)
    lettre.propres = {
        **(lettre.propres or {}),
        "remis_a": remise.remis_a,
        "remis_le": timezone.localtime(remise.remis_le).isoformat(),
    }
    resultats = {constat.numero: f"{constat.niveau} acquitté, {constat.version}" for constat in constats}
    noter("controler", acteur=acteur, objet="certificat", cle=dossier.cle, details=resultats)
    lettre.save()
