"""The inventory of the tests: what a seizure took, written by the real verb."""

from typing import Any

from dossiers.models import Dossier
from requisitions.saisie.inventaire import LignePiece, LigneScelle, LigneSignature, Releve
from requisitions.workflow import noter_inventaire

SIGNE = (LigneSignature("autorite", "Cne Duval"), LigneSignature("ordre", "Dr Témoin"))


def inventorier(dossier: Dossier, acteur: Any, **lignes: Any) -> Dossier:
    """One original of forty pages in a closed seal, a copy kept, two signatories; or what `lignes` say."""
    defaut: dict[str, Any] = {
        "scelles": (LigneScelle("SC-4"),),
        "pieces": (LignePiece("Dossier", pages=40, support="original"),),
        "signatures": SIGNE,
        "copie_conservee": True,
    }
    return noter_inventaire(dossier=dossier, acteur=acteur, releve=Releve(**{**defaut, **lignes}))
