"""The yearly review, and the feedback that feeds it."""

from bilans.models.bilan import SILENCE, BilanAnnuel, Commentaire, Export, bilan_de
from bilans.models.retour import RetourExperience

__all__ = ["SILENCE", "BilanAnnuel", "Commentaire", "Export", "RetourExperience", "bilan_de"]
