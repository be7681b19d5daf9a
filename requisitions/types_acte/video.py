"""Recorded pictures: frozen within the hour, copied before they are overwritten."""

from dataclasses import replace
from datetime import datetime, timedelta

from documents.flux import Source
from documents.models import Fichier
from documents.reception import IMAGES_FILMEES, MO, Accueil, FichierRefuse, recevoir
from requisitions.types_acte.base import Famille, TypeActe

CONSERVATION = timedelta(days=30)
GEL = timedelta(hours=1)
TAILLE = IMAGES_FILMEES.taille

VIDEO = TypeActe(
    code="VIDEO",
    libelle="Images de vidéoprotection",
    choix="Images de vidéoprotection",
    titre="Images de vidéoprotection",
    famille=Famille.TECHNIQUE,
    executant="CHV-SECU",
    personne=False,
    periode=True,
    gel="VIDEO",
    ligne_executant="Images à conserver",
    manuel=False,
)


def ecrasement(periode_du: datetime | None, recue_le: datetime) -> datetime:
    """When the first picture asked is overwritten: one month after it was filmed."""
    return (periode_du or recue_le) + CONSERVATION


def recevoir_images(nom: str, envoye: Source, accueil: Accueil = IMAGES_FILMEES) -> Fichier:
    """Seal an export of the recorder by chunks; raises FichierRefuse with the sentence to show."""
    if (getattr(envoye, "size", None) or 0) > TAILLE:
        raise FichierRefuse(
            f"Ce fichier dépasse {TAILLE // MO} Mo. Remettez-le sur une clé chiffrée et notez son empreinte."
        )
    return recevoir(nom, envoye, replace(accueil, taille=min(accueil.taille, TAILLE)))
