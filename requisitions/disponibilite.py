"""Until when an answer may be taken: the bundle and each of its pieces say the same to whoever asked for it."""

from django.utils import timezone

from convention.acteur import Acteur
from dossiers.models import Dossier
from requisitions.models import Remise
from requisitions.policies import est_requerant

REVOQUEE = "L’hôpital a repris cette réponse avant son ouverture. Une autre suivra."
EXPIREE = "La réponse n’est plus disponible. Demandez un nouveau dépôt aux affaires juridiques."


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
