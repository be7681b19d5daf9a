"""Bone age: only a judicial authority decides, the person agrees, the margin of error is written."""

from requisitions.types_acte.base import Champ, Famille, Genre, TypeActe
from requisitions.types_acte.medecin_requis import EXAMEN, IDENTITE, LIEN, SEUL

AGE = TypeActe(
    code="AGE",
    libelle="Radiographie d’âge osseux",
    choix="Radiographie d’âge osseux",
    titre="Radiographie d’âge osseux",
    famille=Famille.EXAMEN,
    executant="CHV-IMA",
    requis=True,
    ligne_executant="Imagerie requise",
    manuel=False,
    ecrit="Attestation d’examen",
    piece="le compte rendu",
    rappel="L’examen pubertaire est interdit. Le doute profite à la personne.",
    volet=(
        LIEN,
        SEUL,
        IDENTITE,
        Champ(
            "accord_personne",
            "La personne",
            Genre.CHOIX,
            choix=(("donne", "A donné son accord, dans une langue qu’elle comprend"), ("refuse", "A refusé")),
            requis=True,
            imprime=True,
        ),
        EXAMEN,
        Champ("marge", "Marge d’erreur écrite au compte rendu", Genre.TEXTE, imprime=True),
    ),
)
