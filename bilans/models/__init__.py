"""The yearly review, the feedback that feeds it, and the committee that reads both."""

from bilans.models.bilan import BilanAnnuel, Commentaire, Export, bilan_de
from bilans.models.comite import Decision, Invitation, Reunion
from bilans.models.retour import RetourExperience

__all__ = [
    "BilanAnnuel",
    "Commentaire",
    "Decision",
    "Export",
    "Invitation",
    "RetourExperience",
    "Reunion",
    "bilan_de",
]
