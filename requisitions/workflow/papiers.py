"""Papers of the hospital's own: the professional's attestation of presence, the note to the ward after a seizure."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from convention.models import Service
from dossiers.classes import Classe
from dossiers.models import Dossier, Piece
from dossiers.suivi import relater, verrouiller
from requisitions import documents
from requisitions.circuit import HOPITAL
from requisitions.documents.internes import attestation_de_presence, note_au_service
from requisitions.models import Volet
from requisitions.numeros import numero_des_juridiques
from requisitions.policies import peut_controler
from requisitions.types_acte import type_acte
from requisitions.workflow.table import ouverte
from transitions.verdict import OUI, Verdict, non
from transitions.workflow import TransitionRefusee


def peut_attester(dossier: Dossier, volet: Volet | None) -> Verdict:
    attendu = dossier.variante == "AUD_PRO" and volet is not None and volet.donnees.get("professionnel")
    return OUI if attendu else non("Notez d’abord le professionnel convoqué.")


def peut_noter_au_service(dossier: Dossier, volet: Volet | None) -> Verdict:
    return OUI if type_acte(dossier.variante).saisie and volet else non("Notez d’abord l’opération.")


@transaction.atomic
def attester_la_presence(*, dossier: Dossier, acteur: Acteur, debut: datetime, fin: datetime) -> Piece:
    """Handed to the professional by legal affairs, once the hearing is over: even after the answer was delivered."""
    dossier, volet = _ouvrir(dossier, acteur)
    verdict = peut_attester(dossier, volet)
    if volet is None or not verdict:
        raise TransitionRefusee(verdict.raison)
    if fin <= debut:
        raise TransitionRefusee("La fin suit le début.")
    if fin > timezone.now():
        raise TransitionRefusee("L’audition n’est pas finie\u00a0: une attestation dit ce qui a eu lieu.")
    ecrit = attestation_de_presence(dossier, volet, debut=debut, fin=fin)
    piece = documents.verser(ecrit, dossier, classe=Classe.IDENTITE, remise_a=[])
    _dire(dossier, acteur, "attester_presence", "Attestation de présence établie pour le professionnel")
    return piece


@transaction.atomic
def noter_au_service(*, dossier: Dossier, acteur: Acteur, destinataire: Service) -> Piece:
    """Handed to the ward on paper: it gets no part in the case, whose reasons it does not read."""
    dossier, volet = _ouvrir(dossier, acteur)
    verdict = peut_noter_au_service(dossier, volet)
    if volet is None or not verdict:
        raise TransitionRefusee(verdict.raison)
    if destinataire.institution.code != HOPITAL:
        raise TransitionRefusee("La note est interne\u00a0: choisissez un service de l’hôpital.")
    ecrit = note_au_service(dossier, ouverte(dossier), volet, destinataire, numero_des_juridiques())
    piece = documents.verser(ecrit, dossier, classe=Classe.IDENTITE, remise_a=[])
    _dire(dossier, acteur, "noter_au_service", f"Note interne établie pour {destinataire.nom}")
    return piece


def _ouvrir(dossier: Dossier, acteur: Acteur) -> tuple[Dossier, Volet | None]:
    dossier = verrouiller(dossier)
    if not (verdict := peut_controler(dossier, acteur)):
        raise TransitionRefusee(verdict.raison)
    return dossier, Volet.objects.filter(dossier=dossier).first()


def _dire(dossier: Dossier, acteur: Acteur, nom: str, libelle: str) -> None:
    relater(dossier=dossier, nom=nom, libelle=libelle, acteur=acteur, reserve=True)
