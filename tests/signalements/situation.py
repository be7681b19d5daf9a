"""A signalement at each moment of its life, written by the cast."""

import random
import uuid
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from convention.models import Service
from dossiers.models import Dossier, Personne
from fiches.models import ReferenceLegale
from signalements import depart, instruction, workflow
from signalements.remise import Signature
from signalements.situations_fictives import SITUATIONS
from signalements.voies import EN_MAIN_PROPRE, VOIES, voie_de

JETON = {
    "nom": "CANARI-NOM-7A",
    "prenoms": "Élise",
    "faits": "CANARI-FAITS-7B ecchymoses du cou",
    "paroles": "Elle déclare : « CANARI-PAROLES-7C »",
    "contact": "CANARI-CONTACT-7D par sa sœur",
    "titulaires": "CANARI-TITULAIRES-7E",
}


def references() -> None:
    """The legal basis that each voie proposes."""
    for cle in {voie.bases[0] for voie in (VOIES | EN_MAIN_PROPRE).values()}:
        article = {"code": "Code", "article": cle, "libelle": "Essai", "debut": date(1994, 3, 1)}
        ReferenceLegale.objects.get_or_create(cle=cle, defaults=article)


def brouillon(acteur: Any, voie: str = "VC_SANS_ACCORD") -> Dossier:
    references()
    return depart.commencer(voie=voie_de(voie), cle=uuid.uuid4(), acteur=acteur)


def pret(acteur: Any, voie: str = "VC_SANS_ACCORD", **champs: Any) -> Dossier:
    """A draft whose steps are all written."""
    dossier = brouillon(acteur, voie)
    modele = SITUATIONS.get(voie)
    age = modele.ages[1] if modele else 34
    Personne.objects.create(dossier=dossier, nom=JETON["nom"], prenoms=JETON["prenoms"], age=age, sexe="F")
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
    elif modele:
        valeurs |= {"propres": modele.propres(random.Random(1)) | {"titulaires": JETON["titulaires"]}, **modele.communs}
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


def signature(code: str = "PARQUET-PERM", **champs: Any) -> Signature:
    valeurs: dict[str, Any] = {
        "destinataire": Service.objects.select_related("institution").get(code=code),
        "attestation": True,
        "telephone_rappel": "01 99 00 12 34",
        "date_appel": timezone.now(),
        "interlocuteur": "la substitut",
    }
    return Signature(**(valeurs | champs))


def transmis(acteur: Any, voie: str = "VC_SANS_ACCORD", **champs: Any) -> Dossier:
    signe = signature(VOIES[voie].destinataire_defaut)
    return workflow.transmettre(dossier=pret(acteur, voie, **champs), acteur=acteur, signature=signe)


def recu(acteur: Any, parquet: Any) -> Dossier:
    return instruction.accuser_reception(dossier=transmis(acteur), acteur=parquet)
