"""Copy of a medical record: nothing leaves without the doctor's written agreement (doctrine B of the convention)."""

from requisitions.types_acte.base import Famille, TypeActe

DOSSIER = TypeActe(
    code="DOSSIER",
    libelle="Copie d’un dossier médical",
    choix="Copie d’un dossier médical (accord du médecin requis)",
    titre="Copie d’un dossier médical",
    famille=Famille.MEDICALE,
    medecin=True,
    periode=True,
    ligne_executant="Accord demandé sur une remise de pièces",
    manuel=False,
)
