"""The seizure as legal affairs read it on the case: its inventory, its preparation, where it stands."""

from typing import Any

from convention.acteur import Acteur
from dossiers.models import Dossier
from requisitions.etats import AFFECTEE, EN_EXECUTION
from requisitions.inventaire import pieces_de, reserves_de, scelles_de
from requisitions.policies import SORTIE, peut_preparer


def inventaire_de(dossier: Dossier, acteur: Acteur) -> dict[str, Any]:
    """`inventaire_tenu`: from the moment the operation may be noted."""
    if dossier.variante != "SAISIE" or dossier.etat not in SORTIE | {AFFECTEE, EN_EXECUTION}:
        return {"inventaire_tenu": False}
    return {
        "inventaire_tenu": True,
        "inventaire_ouvert": dossier.etat not in SORTIE and bool(peut_preparer(dossier, acteur)),
        "saisies": pieces_de(dossier),
        "scelles": scelles_de(dossier),
        "reserves": reserves_de(dossier),
        "signatures": list(dossier.signatures.vivantes()),
    }
