"""Where a signalement opens, for whom: registered with the kernel and with the fiches."""

from django.urls import reverse

from convention.acteur import Acteur
from dossiers.models import Dossier, Piece
from signalements import etats, policies


def de_dossier(dossier: Dossier, acteur: Acteur) -> str:
    """The author's steps or follow-up; the recipient's letter."""
    if dossier.cree_par_id != acteur.utilisateur_id:
        return reverse("signalements:lettre", args=[dossier.cle])
    return reverse(f"signalements:{'dossier' if dossier.etat == etats.BROUILLON else 'suivi'}", args=[dossier.cle])


def de_situation(code: str) -> str:
    """The page a fiche's button opens, online or not yet."""
    return reverse("signalements:nouveau", args=[code.lower().replace("_", "-")])


def peut_lire_piece(piece: Piece, acteur: Acteur) -> bool:
    """Besides what is addressed, the author reads the pieces of one's own case."""
    return bool(policies.est_auteur(piece.dossier, acteur))
