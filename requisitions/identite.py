"""Showing an identity for two minutes, on a reason that the journal keeps."""

import time
import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib.sessions.backends.base import SessionBase

from convention.acteur import Acteur
from dossiers.classes import Classe, recoit
from journal.carnet import noter

DUREE = 120
MOTIFS = [
    ("RAPPROCHEMENT", "Rapprochement avec le fichier des patients"),
    ("REPONSE", "Préparation de la réponse"),
    ("APPEL", "Appel du service requérant"),
]


def afficher(session: SessionBase, cle: uuid.UUID, *, motif: str, acteur: Acteur) -> bool:
    """Open the identity of one case to this session; False when the reason is not one of the list."""
    if motif not in dict(MOTIFS) or not recoit(acteur.roles, Classe.IDENTITE):
        return False
    session[f"identite:{cle}"] = int(time.time()) + DUREE
    noter("afficher_identite", acteur=acteur, objet="requisition", cle=cle, motif=motif)
    return True


def affichee_jusqu_a(session: SessionBase, cle: uuid.UUID) -> datetime | None:
    fin = session.get(f"identite:{cle}", 0)
    return datetime.fromtimestamp(fin, ZoneInfo("Europe/Paris")) if fin > time.time() else None
