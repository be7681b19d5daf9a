"""Examination of a victim: the required doctor writes a certificate, which goes to the requester alone."""

from dossiers.classes import Classe
from requisitions.types_acte.base import Champ, Famille, Genre, TypeActe
from requisitions.types_acte.medecin_requis import ACCORD, EXAMEN, IDENTITE, LIEN, SERMENT, SEUL

EX_VICT = TypeActe(
    code="EX_VICT",
    libelle="Examen d’une victime",
    choix="Examen d’une victime, constat, incapacité totale de travail",
    titre="Examen d’une victime",
    famille=Famille.EXAMEN,
    executant="CHV-UMJ",
    requis=True,
    ligne_executant="Examen requis",
    manuel=False,
    ecrit="Attestation d’examen",
    piece="le certificat",
    rappel="Le certificat répond à la mission, rien de plus. L’ITT n’est pas l’arrêt de travail.",
    volet=(
        LIEN,
        SEUL,
        SERMENT,
        IDENTITE,
        EXAMEN,
        ACCORD,
        Champ("retentissement", "Le retentissement psychologique a été évalué", Genre.OUI, imprime=True),
        Champ("photographies", "Photographies prises, avec son accord", Genre.OUI),
        Champ(
            "itt_jours",
            "Incapacité totale de travail, en jours",
            Genre.NOMBRE,
            classe=Classe.MEDICAL,
            aide="Reprise du certificat. Les juristes ne la lisent pas.",
        ),
        Champ(
            "remarque", "Remarque médicale", Genre.LONG, classe=Classe.MEDICAL, aide="Gardée au dossier, jamais remise."
        ),
    ),
)
