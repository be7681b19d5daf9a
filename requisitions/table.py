"""The decision table: read from its data file, looked up without a database."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.db.models import Q

from fiches.chargement.lecture import LECTEUR
from requisitions.minorite import ENFANT, SEIZE, TREIZE
from requisitions.models import Cadre, LigneDecision, Requisition
from requisitions.types_acte import existe

# Frames and acts of rows that are not requisitions: the table says where they are asked instead.
CADRES_HORS = {"IPM": "Ivresse publique manifeste", "AP": "Administration pénitentiaire"}
ACTES_HORS = {"CERT_IPM": "Examen avant dégrisement", "EXTRACTION": "Extraction ou hospitalisation d’un détenu"}

MOINS_DE_16, DE_10_A_13 = "mineur de moins de 16 ans", "retenue d’un mineur de 10 à 13 ans"
# No row has it: no custody nor retention exists under ten, and legal affairs decide.
MOINS_DE_10 = "enfant de moins de 10 ans"
DECEDEE, DETENUE = "personne décédée", "expertise d’une personne détenue"
AUTOPSIE = "personne décédée, autopsie demandée"
# What only the requester knows, by act.
DECLAREES = {"EX_GAV": "au-delà de 48 heures", "SAISIE": "perquisition", "PREL_ALC": AUTOPSIE, "PREL_STUP": AUTOPSIE}


class TableInvalide(Exception):
    """The data file is not usable; the message names the line and nothing was loaded."""


def declarable(cadre: str, type_acte: str, statut: str) -> str:
    """The particular case that the requester may declare of this act; an autopsy, of somebody killed on the road."""
    cas = DECLAREES.get(type_acte, "")
    return "" if cas == AUTOPSIE and (cadre, statut) != ("ROUTE", "defunte") else cas


def precision_de(cadre: str, type_acte: str, *, age: int | None, statut: str, choisie: str = "") -> str:
    """What narrows the row: what the person is comes first, then what the requester said."""
    if type_acte == "EX_GAV" and age is not None and age < SEIZE:
        return MOINS_DE_10 if age < ENFANT else DE_10_A_13 if age < TREIZE else MOINS_DE_16
    if type_acte == "EX_GAV" and age is None and statut == "retenue_mineur":
        return DE_10_A_13
    if cadre == "ROUTE" and statut == "defunte":
        return AUTOPSIE if choisie == AUTOPSIE else DECEDEE
    if type_acte == "EX_SUSP" and statut in Requisition.DETENUS:
        return DETENUE
    return "" if choisie == AUTOPSIE else choisie


def chercher(
    lignes: Iterable[LigneDecision], cadre: str, type_acte: str, *, le: date, precision: str = ""
) -> LigneDecision | None:
    """The line of this combination in force that day; None sends the requisition to legal affairs, never through."""
    return next(
        (
            ligne
            for ligne in lignes
            if (ligne.cadre, ligne.type_acte, ligne.precision) == (cadre, type_acte, precision)
            and ligne.debut <= le
            and (ligne.fin is None or le <= ligne.fin)
        ),
        None,
    )


def lignes_en_vigueur(le: date) -> list[LigneDecision]:
    return list(LigneDecision.objects.filter(Q(fin=None) | Q(fin__gte=le), debut__lte=le))


def lire(chemin: Path) -> list[LigneDecision]:
    """The unsaved rows of a data file; raises TableInvalide naming what is wrong."""
    try:
        donnees = yaml.load(chemin.read_text(encoding="utf-8"), Loader=LECTEUR)  # noqa: S506 – safe, in C when it is there
    except yaml.YAMLError as erreur:
        marque = getattr(erreur, "problem_mark", None)
        ou = f" (ligne {marque.line + 1})" if marque else ""
        raise TableInvalide(f"Le fichier n’est pas lisible{ou}.") from erreur
    if not isinstance(donnees, dict) or not {"edition", "debut", "lignes"} <= donnees.keys():
        raise TableInvalide("Le fichier doit donner « edition », « debut » et « lignes ».")
    return [
        _ligne(donnees, brute, cadre, type_acte)
        for brute in donnees["lignes"]
        for cadre in brute.get("cadres", ())
        for type_acte in brute.get("types", ())
    ]


def _ligne(donnees: dict[str, Any], brute: dict[str, Any], cadre: str, type_acte: str) -> LigneDecision:
    nom = f"Ligne {brute.get('rang', '?')}"
    if cadre not in Cadre.values and cadre not in CADRES_HORS:
        raise TableInvalide(f"{nom} : le cadre « {cadre} » n’existe pas.")
    if not existe(type_acte) and type_acte not in ACTES_HORS:
        raise TableInvalide(f"{nom} : le type d’acte « {type_acte} » n’existe pas.")

    def selon_cadre(champ: str) -> Any:
        valeur = brute[champ]
        return valeur[cadre] if isinstance(valeur, dict) else valeur

    try:
        autorisation = LigneDecision.Autorisation(selon_cadre("autorisation"))
        (valeur, unite), (urgente, unite_urgente) = brute["delai"], brute["urgent"]
        return LigneDecision(
            edition=donnees["edition"],
            debut=donnees["debut"],
            rang=brute["rang"],
            cadre=cadre,
            type_acte=type_acte,
            precision=brute.get("precision", ""),
            articles=selon_cadre("articles"),
            articles_texte=selon_cadre("texte"),
            autorites=selon_cadre("autorites"),
            autorisation=autorisation,
            ordre=LigneDecision.Ordre(brute.get("ordre", "non")),
            delai_unite=LigneDecision.Unite(unite),
            delai_valeur=valeur,
            urgent_unite=LigneDecision.Unite(unite_urgente),
            urgent_valeur=urgente,
            delai_legal=brute.get("legal", False),
            delai_repere=brute.get("repere", False),
            delai_texte=brute["dit"],
            a_confirmer=brute.get("confirmer", False),
            note=brute.get("note", ""),
            renvoi=brute.get("renvoi", ""),
            circuit=brute["circuit"],
        )
    except (KeyError, ValueError, TypeError) as erreur:
        raise TableInvalide(f"{nom} : valeur manquante ou inconnue ({erreur}).") from erreur


@transaction.atomic
def charger(lignes: list[LigneDecision]) -> int:
    """Load an edition and end the previous one the day before. Loading it again adds nothing. Returns rows added."""
    if not lignes:
        return 0
    edition, debut = lignes[0].edition, lignes[0].debut
    if LigneDecision.objects.filter(edition=edition).exists():
        return 0
    LigneDecision.objects.filter(fin=None).update(fin=debut - timedelta(days=1))
    return len(LigneDecision.objects.bulk_create(lignes))
