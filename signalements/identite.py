"""Showing an identity for two minutes, for a reason; the session remembers what is shown."""

from datetime import datetime, timedelta

from django.utils import timezone

from convention.requete import Requete
from dossiers.models import Dossier
from journal.carnet import noter

DUREE = timedelta(minutes=2)
SESSION = "identites_affichees"
MOTIFS_AUTEUR = [
    ("VERIFIER", "Vérifier l’identité avant l’envoi"),
    ("JOINDRE", "Joindre la personne"),
    ("COMPLETER", "Corriger ou compléter le signalement"),
]
MOTIFS_DESTINATAIRE = [
    ("TRAITER", "Traiter ce signalement"),
    ("RAPPROCHER", "Le rapprocher d’une procédure"),
    ("PROTEGER", "Faire protéger la personne"),
]
CODES = {code for code, _ in (*MOTIFS_AUTEUR, *MOTIFS_DESTINATAIRE)}


def afficher(request: Requete, dossier: Dossier, motif: str) -> None:
    """Show the identity of this case to this person until two minutes from now; journalled with the motive."""
    jusqu_a = timezone.now() + DUREE
    affichees = {cle: fin for cle, fin in request.session.get(SESSION, {}).items() if _future(fin)}
    request.session[SESSION] = {**affichees, str(dossier.cle): jusqu_a.isoformat()}
    noter("afficher_identite", acteur=request.acteur, objet="signalement", cle=dossier.cle, motif=motif)


def affichee_jusqu_a(request: Requete, dossier: Dossier) -> datetime | None:
    """When the identity will be masked again; None while it is masked."""
    fin = request.session.get(SESSION, {}).get(str(dossier.cle))
    return datetime.fromisoformat(fin) if fin and _future(fin) else None


def _future(fin: str) -> bool:
    return datetime.fromisoformat(fin) > timezone.now()
