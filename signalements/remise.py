"""What either letter does as it leaves: signed, controlled, frozen with its document, addressed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from convention.acteur import Acteur
from convention.models import Service
from documents.empreinte import empreinte
from documents.models import Document
from dossiers.classes import Classe
from dossiers.models import Dossier, Piece
from dossiers.models.participation import Part
from dossiers.participations import Octroi, accorder
from dossiers.pieces import joindre
from journal.carnet import noter
from signalements.controles import Faits, controler
from signalements.models import Declaration, Signalement
from transitions.verdict import Constat
from transitions.workflow import TransitionRefusee

LettreEnvoyee = Signalement | Declaration


class ControlesBloquants(TransitionRefusee):
    """The sending is held by numbered controls; `constats` are all of them, alerts included."""

    def __init__(self, constats: list[Constat]) -> None:
        self.constats = constats
        super().__init__(next(constat.message for constat in constats if constat.bloque))


@dataclass(frozen=True, slots=True)
class Signature:
    """What the signatory adds on the last page."""

    destinataire: Service
    attestation: bool
    telephone_rappel: str = ""
    date_appel: datetime | None = None
    interlocuteur: str = ""
    contact_confirme: bool = False


def signer(lettre: LettreEnvoyee, acteur: Acteur, signature: Signature) -> None:
    """Carry on the letter what both have of a signature; who calls adds its own and saves."""
    lettre.destinataire = signature.destinataire
    lettre.telephone_rappel = signature.telephone_rappel
    lettre.date_appel, lettre.interlocuteur = signature.date_appel, signature.interlocuteur
    lettre.signataire_nom = acteur.nom


def passer_les_controles(
    *, objet: str, dossier: Dossier, acteur: Acteur, manquantes: list[str], faits: Faits, numeros: tuple[str, ...]
) -> None:
    """Raises TransitionRefusee when a page is missing, ControlesBloquants with every finding."""
    if manquantes:
        raise TransitionRefusee(f"Complétez d’abord\u00a0: {', '.join(manquantes)}.")
    constats = controler(faits, numeros)
    if any(constat.bloque for constat in constats):
        raise ControlesBloquants(constats)
    resultats = {constat.numero: f"{constat.niveau} acquitté, {constat.version}" for constat in constats}
    noter("controler", acteur=acteur, objet=objet, cle=dossier.cle, details=resultats)


def figer(
    *,
    lettre: LettreEnvoyee,
    contenu: Mapping[str, Any],
    document: Document,
    intitule: str,
    classe: Classe,
    pieces: Sequence[Piece],
    receveurs: Sequence[Service],
    acteur: Acteur,
) -> None:
    """Join the document, hand the pieces over with it, and freeze the letter."""
    joindre(
        dossier=lettre.dossier,
        intitule=intitule[:120],
        classe=classe,
        fichier=document.fichier,
        acteur=acteur,
        document=document,
        remise_a=receveurs,
    )
    for piece in pieces:
        piece.remise_a.add(*receveurs)
    lettre.fige_le = timezone.now()
    lettre.empreinte = empreinte(contenu)
    lettre.save()


def adresser(
    *,
    dossier: Dossier,
    acteur: Acteur,
    ligne: str,
    base: str,
    destinataire: Service,
    copies: Sequence[Service],
    noms: Mapping[int, str] | None = None,
) -> None:
    """Grant the case to its recipient and to the services in copy. `noms`: under which name each is said."""
    receveurs = [(Part.Role.DESTINATAIRE, destinataire), *((Part.Role.COPIE, copie) for copie in copies)]
    octrois = [
        Octroi(
            role,
            ligne,
            f"{role.label.lower()}, {base}"[:120],
            (noms or {}).get(service.pk, service.nom_externe),
            service=service,
        )
        for role, service in receveurs
    ]
    accorder(dossier=dossier, octrois=octrois, acteur=acteur)
