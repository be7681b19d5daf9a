"""The yearly review, and the feedback that feeds it."""

from bilans.models.bilan import BilanAnnuel, Commentaire, Export, bilan_de
from bilans.models.retour import RetourExperience

__all__ = ["BilanAnnuel", "Commentaire", "Export", "RetourExperience", "bilan_de"]
