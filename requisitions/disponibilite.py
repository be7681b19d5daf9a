"""Until when an answer may be taken: the bundle and each of its pieces say the same to whoever asked for it."""

from django.utils import timezone

from convention.acteur import Acteur
from documents.models import Fichier
from dossiers.models import Dossier
from requisitions.models import Remise
from requisitions.policies import est_requerant

REVOQUEE = "L’hôpital a repris cette réponse avant son ouverture. Une autre suivra."
EXPIREE = "La réponse n’est plus disponible. Demandez un nouveau dépôt aux affaires juridiques."

EFFACEE = "Le contenu a été effacé au terme de sa conservation. Demandez un nouveau dépôt aux affaires juridiques."


def effacee(remise: Remise) -> bool:
    """Its bundle or one of its pieces went at the end of its retention."""
    efface = Fichier.Etat.EFFACE
    du_pli = remise.fichier is not None and remise.fichier.etat_fichier == efface
    return du_pli or remise.pieces.filter(fichier__etat_fichier=efface).exists()


def arret_de(remise: Remise) -> str:
    """Why it is no more to be had; empty while it is."""
    if remise.revoquee_le:
        return REVOQUEE
    return EXPIREE if remise.expiration <= timezone.now() else ""


def arret_des_pieces(dossier: Dossier, acteur: Acteur) -> dict[int, str]:
    """The pieces of the last delivery that holds them, for the unit that asked. The hospital's own keep theirs."""
    if not est_requerant(dossier, acteur):
        return {}
    arrets: dict[int, str] = {}
    for remise in dossier.remises.order_by("numero").prefetch_related("pieces"):
        for piece in remise.pieces.all():
            arrets[piece.pk] = arret_de(remise)
    return {cle: arret for cle, arret in arrets.items() if arret}
