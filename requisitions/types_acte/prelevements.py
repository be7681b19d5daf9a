"""Samples for an inquiry: the carer takes them, or records a refusal, and never uses force."""

from dataclasses import replace

from requisitions.types_acte.base import Champ, Famille, Genre, TypeActe
from requisitions.types_acte.medecin_requis import IDENTITE, LIEN, SERMENT, SEUL

SANS_FORCE = "Le soignant n’exerce jamais la force. Un refus se constate, il ne se contourne pas."
PRELEVE = Champ("examen_le", "Prélèvement fait, ou refus constaté, le", Genre.MOMENT, requis=True, imprime=True)
PERSONNE = Champ(
    "accord_personne",
    "La personne",
    Genre.CHOIX,
    choix=(
        ("donne", "A laissé faire le prélèvement"),
        ("refuse", "A refusé le prélèvement, refus constaté par écrit"),
        ("decedee", "Est décédée"),
    ),
    requis=True,
    imprime=True,
)
FLACONS = Champ("flacons", "Numéros des flacons", Genre.TEXTE, imprime=True)
CLINIQUE = Champ("examen_clinique", "Examen clinique fait, par un médecin", Genre.OUI, imprime=True)
# A blood test under the highway code: a nurse or an intern may take it (§1.1 IDE_REQ, rows 10 and 11).
PRELEVEURS = ("MEDECIN", "INTERNE", "INFIRMIER")
SEUL_A_PRELEVER = replace(
    SEUL, libelle="Personne d’autre n’est disponible", aide="Qui soigne la personne ne prélève que s’il est seul."
)
KIT = Champ("kit", "Nécessaire apporté par l’enquêteur, présent au prélèvement", Genre.OUI, imprime=True)


def _prelevement(
    code: str, libelle: str, executant: str, piece: str, *volet: Champ, professions: tuple[str, ...] = ("MEDECIN",)
) -> TypeActe:
    return TypeActe(
        code=code,
        libelle=libelle,
        choix=libelle,
        titre=libelle,
        famille=Famille.EXAMEN,
        executant=executant,
        requis=True,
        ligne_executant="Prélèvement requis",
        manuel=False,
        ecrit="Attestation de prélèvement",
        piece=piece,
        rappel=SANS_FORCE,
        professions=professions,
        volet=(LIEN, SEUL if professions == ("MEDECIN",) else SEUL_A_PRELEVER, *volet),
    )


PREL_ALC = _prelevement(
    "PREL_ALC",
    "Prise de sang, alcool",
    "CHV-URG",
    "le jeu de fiches",
    IDENTITE,
    PERSONNE,
    PRELEVE,
    FLACONS,
    CLINIQUE,
    professions=PRELEVEURS,
)
PREL_STUP = _prelevement(
    "PREL_STUP",
    "Prise de sang, stupéfiants",
    "CHV-URG",
    "le jeu de fiches",
    IDENTITE,
    PERSONNE,
    PRELEVE,
    FLACONS,
    KIT,
    CLINIQUE,
    professions=PRELEVEURS,
)
PREL_AUTRE = _prelevement(
    "PREL_AUTRE",
    "Autre prélèvement",
    "CHV-UMJ",
    "",
    SERMENT,
    IDENTITE,
    PERSONNE,
    PRELEVE,
    Champ("nature", "Nature du prélèvement", Genre.TEXTE, imprime=True),
    Champ("scelle_numero", "Numéro du scellé", Genre.TEXTE, imprime=True),
)
