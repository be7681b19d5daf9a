"""The tables of a requisition: the letter, its control, its execution, its delivery, and the decision table."""

from requisitions.models.controle import ControleMention, Derogation, Regularisation
from requisitions.models.decision import LigneDecision
from requisitions.models.execution import AccordMedecin, Gel, Tri
from requisitions.models.remise import Remise
from requisitions.models.requisition import Cadre, Requisition

__all__ = [
    "AccordMedecin",
    "Cadre",
    "ControleMention",
    "Derogation",
    "Gel",
    "LigneDecision",
    "Regularisation",
    "Remise",
    "Requisition",
    "Tri",
]
