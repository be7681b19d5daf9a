"""Psychiatric examination: an urgent opinion, a compatibility and an expertise are three different demands."""

from requisitions.types_acte.base import Champ, Famille, Genre, TypeActe
from requisitions.types_acte.medecin_requis import ACCORD, EXAMEN, IDENTITE, LIEN, SERMENT, SEUL

PSY = TypeActe(
    code="PSY",
    libelle="Examen psychiatrique",
    choix="Examen psychiatrique",
    titre="Examen psychiatrique",
    famille=Famille.EXAMEN,
    executant="CHV-PSY",
    requis=True,
    ligne_executant="Examen requis",
    manuel=False,
    ecrit="Attestation d’examen",
    piece="le rapport",
    rappel="Le rapport répond à la mission, rien de plus. Le psychiatre qui soigne n’est pas l’expert.",
    volet=(
        LIEN,
        SEUL,
        SERMENT,
        IDENTITE,
        Champ(
            "demande",
            "Il est demandé",
            Genre.CHOIX,
            choix=(
                ("urgence", "Un avis d’urgence"),
                ("compatibilite", "Une compatibilité avec la mesure"),
                ("expertise", "Une expertise"),
            ),
            requis=True,
            imprime=True,
        ),
        ACCORD,
        EXAMEN,
    ),
)
