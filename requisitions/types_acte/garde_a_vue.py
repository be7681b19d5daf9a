"""Examinations of a suspect: fitness for custody, of which the requester reads volet 1 only, and other findings."""

from dossiers.classes import Classe
from requisitions.types_acte.base import Champ, Famille, Genre, TypeActe
from requisitions.types_acte.medecin_requis import ACCORD, EXAMEN, IDENTITE, LIEN, SERMENT, SEUL

EX_GAV = TypeActe(
    code="EX_GAV",
    libelle="Examen de compatibilité avec la garde à vue",
    choix="Examen de compatibilité avec la garde à vue",
    titre="Examen de compatibilité avec la garde à vue",
    famille=Famille.EXAMEN,
    executant="CHV-URG",
    requis=True,
    ligne_executant="Examen requis",
    manuel=False,
    ecrit="Attestation d’examen",
    piece="le certificat",
    rappel="Joignez le volet 1 seul, sans diagnostic. Le volet médical reste au dossier du patient.",
    volet=(
        LIEN,
        SEUL,
        IDENTITE,
        ACCORD,
        EXAMEN,
        Champ(
            "conclusion",
            "La mesure est",
            Genre.CHOIX,
            choix=(
                ("compatible", "Compatible"),
                ("conditions", "Compatible sous conditions"),
                ("incompatible", "Incompatible"),
                ("sans_avis", "Le médecin ne peut pas se prononcer"),
            ),
            requis=True,
            imprime=True,
        ),
        Champ(
            "conditions",
            "Conditions",
            Genre.LONG,
            classe=Classe.MEDICAL,
            imprime=True,
            aide="Surveillance, horaires, réexamen : sans motif clinique. Le requérant les lit, pas les juristes.",
        ),
        Champ("valable_jusqu_au", "Valable jusqu’au", Genre.MOMENT, imprime=True),
    ),
)

EX_SUSP = TypeActe(
    code="EX_SUSP",
    libelle="Examen d’une personne mise en cause",
    choix="Examen d’une personne mise en cause",
    titre="Examen d’une personne mise en cause",
    famille=Famille.EXAMEN,
    executant="CHV-UMJ",
    requis=True,
    ligne_executant="Examen requis",
    manuel=False,
    ecrit="Attestation d’examen",
    piece="le certificat",
    rappel="Le certificat répond à la mission, rien de plus.",
    volet=(LIEN, SEUL, SERMENT, IDENTITE, ACCORD, EXAMEN),
)
