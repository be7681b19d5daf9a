"""The convention, its directory and its fiches, from versioned data files to the database."""

from pathlib import Path

from fiches.chargement.bilan import Bilan
from fiches.chargement.ecriture import ecrire
from fiches.chargement.lecture import DonneesInvalides
from fiches.chargement.verification import lire_dossier

__all__ = ["Bilan", "DonneesInvalides", "charger"]


def charger(dossier: Path) -> Bilan:
    """Check every file, then write all of it in one transaction. Raises DonneesInvalides and writes nothing."""
    return ecrire(lire_dossier(dossier))
