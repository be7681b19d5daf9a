"""Copy of a medical record: nothing leaves without the doctor's written agreement (doctrine B of the convention)."""

from accounts.roles import Role
from requisitions.types_acte.base import Famille, TypeActe

DOSSIER = TypeActe(
    code="DOSSIER",
    libelle="Copie d’un dossier médical",
    choix="Copie d’un dossier médical (accord du médecin requis)",
    titre="Copie d’un dossier médical",
    famille=Famille.MEDICALE,
    medecin=True,
    periode=True,
    preparent=(Role.ARCHIVES,),
    preparation="Les pièces sont versées par le médecin désigné ou les archives.",
    ligne_executant="Accord demandé sur une remise de pièces",
    manuel=False,
)
