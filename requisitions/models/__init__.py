"""The tables of a requisition: the letter, its control, its execution, its delivery, and the decision table."""

from requisitions.models.accord_patient import AccordPatient
from requisitions.models.audition import AvisAptitude, Seance
from requisitions.models.conclusion_orale import ConclusionOrale
from requisitions.models.controle import ControleMention, Derogation, Regularisation
from requisitions.models.convocation import Convocation
from requisitions.models.decision import LigneDecision
from requisitions.models.element import Element
from requisitions.models.execution import AccordMedecin, Gel, Tri
from requisitions.models.frais import Memoire
from requisitions.models.incident import Incident
from requisitions.models.instruction import InstructionGenerale
from requisitions.models.inventaire import Inventaire, Passage, PieceSaisie, Reserve, Scelle, SignatureSaisie
from requisitions.models.lettre_type import LettreType
from requisitions.models.preparation import Preparation
from requisitions.models.recusation import Recusation
from requisitions.models.refus import RefusPropose
from requisitions.models.regle_piece import ReglePiece
from requisitions.models.remise import Remise
from requisitions.models.requisition import Cadre, Requisition
from requisitions.models.restitution import Restitution
from requisitions.models.titre import TitreJudiciaire
from requisitions.models.volet import Volet

__all__ = [
    "AccordMedecin",
    "AccordPatient",
    "AvisAptitude",
    "Cadre",
    "ConclusionOrale",
    "ControleMention",
    "Convocation",
    "Derogation",
    "Element",
    "Gel",
    "Incident",
    "InstructionGenerale",
    "Inventaire",
    "LettreType",
    "LigneDecision",
    "Memoire",
    "Passage",
    "PieceSaisie",
    "Preparation",
    "Recusation",
    "RefusPropose",
    "ReglePiece",
    "Regularisation",
    "Remise",
    "Requisition",
    "Reserve",
    "Restitution",
    "Scelle",
    "Seance",
    "SignatureSaisie",
    "TitreJudiciaire",
    "Tri",
    "Volet",
]
