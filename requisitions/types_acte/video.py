"""Recorded pictures: frozen within the hour, copied before they are overwritten."""

from datetime import datetime, timedelta

import magic

from documents import coffre
from documents.models import Fichier
from documents.reception import MO, FichierRefuse
from requisitions.types_acte.base import Famille, TypeActe

CONSERVATION = timedelta(days=30)
GEL = timedelta(hours=1)
TYPES = {"video/mp4": "mp4", "video/x-matroska": "mkv", "video/x-msvideo": "avi", "video/quicktime": "mov"}
TAILLE = 200 * MO

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


def recevoir_images(contenu: bytes) -> Fichier:
    """Seal an export of the recorder; raises FichierRefuse with the sentence to show."""
    if len(contenu) > TAILLE:
        raise FichierRefuse(
            f"Ce fichier dépasse {TAILLE // MO} Mo. Remettez-le sur une clé chiffrée et notez son empreinte."
        )
    type_mime = magic.from_buffer(contenu[:4096], mime=True)
    if type_mime not in TYPES:
        raise FichierRefuse("Seules les vidéos MP4, MKV, AVI ou MOV sont acceptées.")
    return coffre.deposer(contenu, extension=TYPES[type_mime], type_mime=type_mime)
