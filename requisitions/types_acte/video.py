"""Recorded pictures: frozen within the hour, copied before they are overwritten."""

from dataclasses import replace

from accounts.roles import Role
from documents.flux import Source
from documents.models import Fichier
from documents.reception import IMAGES_FILMEES, MO, Accueil, FichierRefuse, recevoir
from requisitions.gels import GARDIENS
from requisitions.types_acte.base import Famille, TypeActe

TAILLE = IMAGES_FILMEES.taille

VIDEO = TypeActe(
    code="VIDEO",
    libelle="Images de vidéoprotection",
    choix="Images de vidéoprotection",
    titre="Images de vidéoprotection",
    famille=Famille.TECHNIQUE,
    executant=GARDIENS["VIDEO"],
    preparent=(Role.SECURITE,),
    preparation="Les images sont extraites par le poste de sécurité.",
    personne=False,
    periode=True,
    gel="VIDEO",
    ligne_executant="Images à conserver",
    manuel=False,
)


def recevoir_images(nom: str, envoye: Source, accueil: Accueil = IMAGES_FILMEES) -> Fichier:
    """Seal an export of the recorder by chunks; raises FichierRefuse with the sentence to show."""
    if (getattr(envoye, "size", None) or 0) > TAILLE:
        raise FichierRefuse(
            f"Ce fichier dépasse {TAILLE // MO} Mo. Remettez-le sur une clé chiffrée et notez son empreinte."
        )
    return recevoir(nom, envoye, replace(accueil, taille=min(accueil.taille, TAILLE)))
