"""A signalement at each moment of its life, written by the cast."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from convention.models import Service
from dossiers.models import Dossier, Personne
from fiches.models import ReferenceLegale
from signalements import depart, instruction, workflow
from signalements.voies import VOIES

JETON = {
    "nom": "CANARI-NOM-7A",
    "prenoms": "Élise",
    "faits": "CANARI-FAITS-7B ecchymoses du cou",
    "paroles": "Elle déclare : « CANARI-PAROLES-7C »",
    "contact": "CANARI-CONTACT-7D par sa sœur",
}


def references() -> None:
    for cle, alinea in (("CP-226-14-3", "3°"), ("CP-226-14-2", "2°")):
        ReferenceLegale.objects.get_or_create(
            cle=cle,
            defaults={
                "code": "Code pénal",
                "article": "226-14",
                "alinea": alinea,
                "libelle": "Essai",
                "debut": date(1994, 3, 1),
            },
        )


def brouillon(acteur: Any, voie: str = "VC_SANS_ACCORD") -> Dossier:
    references()
    return depart.commencer(voie=VOIES[voie], cle=uuid.uuid4(), acteur=acteur)


def pret(acteur: Any, voie: str = "VC_SANS_ACCORD", **champs: Any) -> Dossier:
    """A draft whose steps are all written."""
    dossier = brouillon(acteur, voie)
    Personne.objects.create(dossier=dossier, nom=JETON["nom"], prenoms=JETON["prenoms"], age=34, sexe="F")
    lettre = dossier.signalement
    valeurs = {
        "etapes": ["personne", "faits", "danger", "accord", "abri"],
        "date_constat": timezone.now() - timedelta(hours=1),
        "a_examine": True,
        "faits_observes": JETON["faits"],
        "propos_rapportes": JETON["paroles"],
        "contact_sur": JETON["contact"],
        "date_faits": "la veille",
        "commune_faits": "Anzin",
    }
    if voie == "VC_SANS_ACCORD":
        valeurs |= {
            "lien_auteur": "CONCUBIN",
            "danger_immediat": "OUI",
            "motif_danger": "Pression sur le cou.",
            "emprise": "OUI",
            "motif_emprise": "Isolée de sa famille.",
            "grille_d": {"version": "2025.1", "reponses": {"d16": "OUI", "d15": "OUI", "d06": "NSP"}},
            "grille_e": {"version": "2025.1", "reponses": {"e02": "OUI"}},
            "accord_recherche": "OUI",
            "accord": "REFUS",
            "information": "FAITE",
            "information_date": timezone.now(),
            "information_par": "l’infirmière",
        }
    else:
        valeurs |= {
            "contexte": "TRAVAIL",
            "agression_sexuelle": "NON",
            "danger_immediat": "NON",
            "accord": "OUI",
            "accord_ecrit": True,
        }
    for nom, valeur in (valeurs | champs).items():
        setattr(lettre, nom, valeur)
    lettre.save()
    return dossier


def signature(code: str = "PARQUET-PERM", **champs: Any) -> workflow.Signature:
    valeurs: dict[str, Any] = {
        "destinataire": Service.objects.select_related("institution").get(code=code),
        "attestation_conscience": True,
        "telephone_rappel": "01 99 00 12 34",
        "date_appel": timezone.now(),
        "interlocuteur": "la substitut",
    }
    return workflow.Signature(**(valeurs | champs))


def transmis(acteur: Any, voie: str = "VC_SANS_ACCORD") -> Dossier:
    return workflow.transmettre(dossier=pret(acteur, voie), acteur=acteur, signature=signature())


def recu(acteur: Any, parquet: Any) -> Dossier:
    return instruction.accuser_reception(dossier=transmis(acteur), acteur=parquet)
