"""A declaration at each moment of its life, written by the cast."""

import uuid
from datetime import date
from typing import Any

from convention.models import Service
from dossiers.models import Dossier
from fiches.models import ReferenceLegale
from signalements import instruction
from signalements.declarations import ecriture, envoi
from signalements.declarations.contenu import lire
from signalements.declarations.routes import ROUTES
from signalements.declarations.situations_fictives import SITUATIONS
from signalements.models import Declaration
from signalements.remise import Signature

JETON = "CANARI-DECLARE-9A"
ECRIVENT = {
    "OBJET_ILLICITE": "soignante",
    "VIOLENCE_PERSONNEL": "soignante",
    "SANS_IDENTITE": "soignante",
    "INFRACTION_ETAB": "directrice",
    "ALERTE_SURETE": "garde",
}


def references() -> None:
    for cle in {cle for route in ROUTES.values() for cle in route.bases}:
        article = {"code": "Code", "article": cle, "libelle": "Essai", "debut": date(1994, 3, 1)}
        ReferenceLegale.objects.get_or_create(cle=cle, defaults=article)


def brouillon(acteur: Any, code: str) -> Dossier:
    references()
    return ecriture.commencer(voie=ROUTES[code], cle=uuid.uuid4(), acteur=acteur)


def prete(acteur: Any, code: str = "OBJET_ILLICITE", **reponses: Any) -> Dossier:
    """A draft whose pages are all written."""
    dossier = brouillon(acteur, code)
    lettre = Declaration.objects.get(pk=dossier.pk)
    lettre.etapes = [page.code for page in ROUTES[code].parcours]
    lettre.propres = SITUATIONS[code](0) | reponses
    lettre.save()
    return dossier


def signature(code: str = "POLICE-CSP", **champs: Any) -> Signature:
    valeurs: dict[str, Any] = {
        "destinataire": Service.objects.select_related("institution").get(code=code),
        "attestation": True,
        "telephone_rappel": "01 99 00 12 34",
    }
    return Signature(**(valeurs | champs))


def transmise(acteur: Any, code: str = "OBJET_ILLICITE", **reponses: Any) -> Dossier:
    signe = signature(ROUTES[code].destinataire_defaut)
    return envoi.transmettre(dossier=prete(acteur, code, **reponses), acteur=acteur, signature=signe)


def recue(acteur: Any, receveur: Any, code: str = "OBJET_ILLICITE") -> Dossier:
    return instruction.accuser_reception(dossier=transmise(acteur, code), acteur=receveur)


def lettre_de(dossier: Dossier) -> Declaration:
    return lire(dossier).lettre
