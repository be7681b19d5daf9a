"""Examination of a body: the doctor required by the inquiry reports to the requester alone."""

from requisitions.types_acte.base import Champ, Famille, Genre, TypeActe
from requisitions.types_acte.medecin_requis import LIEN, SERMENT, SEUL

CORPS = TypeActe(
    code="CORPS",
    libelle="Examen de corps, autopsie",
    choix="Examen de corps, autopsie",
    titre="Examen de corps, autopsie",
    famille=Famille.EXAMEN,
    executant="CHV-MORT",
    requis=True,
    ligne_executant="Examen requis",
    manuel=False,
    ecrit="Attestation d’examen",
    piece="le rapport",
    rappel="Ni toilette, ni remise du corps, ni objet jeté tant que l’obstacle n’est pas levé.",
    volet=(
        LIEN,
        SEUL,
        SERMENT,
        Champ("identite_verifiee", "J’ai vérifié l’identité du défunt", Genre.OUI),
        Champ("examen_le", "Examen commencé le", Genre.MOMENT, requis=True, imprime=True),
        Champ(
            "operation",
            "Opération",
            Genre.CHOIX,
            choix=(("examen", "Examen externe"), ("levee", "Levée de corps"), ("autopsie", "Autopsie")),
            requis=True,
            imprime=True,
        ),
        Champ("scelle_numero", "Numéros des scellés", Genre.TEXTE, imprime=True),
    ),
)
