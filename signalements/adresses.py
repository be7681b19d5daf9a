"""Where a signalement opens, for whom: registered with the kernel and with the fiches."""

from django.urls import reverse

from convention.acteur import Acteur
from dossiers.models import Dossier, Piece
from signalements import etats, policies
from signalements.declarations.routes import ROUTES


def de_dossier(dossier: Dossier, acteur: Acteur) -> str:
    """The author's steps or follow-up; the recipient's letter; anybody else who may see it, a page to read."""
    if dossier.cree_par_id != acteur.utilisateur_id:
        page = "lettre" if acteur.a(*policies.DESTINATAIRES) else "consultation"
        return reverse(f"signalements:{page}", args=[dossier.cle])
    return de_l_auteur(dossier)


def de_l_auteur(dossier: Dossier) -> str:
    """The page of whoever holds the author's place: who wrote it, or the colleague it was handed to."""
    return reverse(f"signalements:{'dossier' if dossier.etat == etats.BROUILLON else 'suivi'}", args=[dossier.cle])


def de_situation(code: str) -> str:
    """The page a fiche's button opens, online or not yet."""
    if code in ROUTES:
        return reverse("declarations:nouvelle", args=[ROUTES[code].adresse])
    return reverse("signalements:nouveau", args=[code.lower().replace("_", "-")])


def peut_lire_piece(piece: Piece, acteur: Acteur) -> bool:
    """Besides what is addressed, the author reads the pieces of one's own case."""
    return bool(policies.est_auteur(piece.dossier, acteur))


def de_declaration(dossier: Dossier, acteur: Acteur) -> str:
    """One page for all: it knows its reader."""
    return reverse("declarations:dossier", args=[dossier.cle])
