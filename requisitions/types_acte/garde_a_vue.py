"""Examinations of a suspect: fitness for custody, of which the requester reads volet 1 only, and other findings."""

from dataclasses import replace

from dossiers.classes import Classe
from requisitions.types_acte.base import Champ, Famille, Genre, TypeActe
from requisitions.types_acte.medecin_requis import ACCORD, EXAMEN, IDENTITE, LIEN, SERMENT, SEUL

ACCORD_GAV = replace(
    ACCORD, choix=(*ACCORD.choix, ("empeche", "N’a pas pu être examinée\u00a0: dites pourquoi plus bas"))
)
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
        ACCORD_GAV,
        Champ(
            "heure_demande",
            "Examen demandé le",
            Genre.MOMENT,
            imprime=True,
            aide="Si le requérant ne l’a pas dit. Les 3\u00a0heures partent de cette heure.",
        ),
        EXAMEN,
        Champ(
            "retard_motif",
            "Commencé plus de 3\u00a0heures après la demande\u00a0: la circonstance insurmontable",
            Genre.TEXTE,
            imprime=True,
            papier="Circonstance insurmontable",
        ),
        Champ(
            "empechement",
            "Sans examen\u00a0: ce qui l’a empêché",
            Genre.CHOIX,
            choix=(
                ("refus", "Refus de la personne"),
                ("agitation", "Agitation"),
                ("depart", "Personne partie ou en fuite"),
                ("soins", "Soins urgents en cours"),
                ("levee", "Mesure levée avant l’examen"),
            ),
            imprime=True,
            papier="Examen empêché",
            aide="Un mineur de moins de 16 ans, ou sans adulte approprié, est examiné, sauf empêchement écrit.",
        ),
        Champ(
            "empechement_motif",
            "L’empêchement, sans motif clinique",
            Genre.TEXTE,
            imprime=True,
            papier="Précision",
        ),
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
