"""The verbs of a requisition, keyword-only, each one transaction."""

from requisitions.workflow.depot import annuler, deposer, repondre_regularisation
from requisitions.workflow.execution import (
    confirmer_gel,
    constater_presence,
    deposer_images,
    donner_accord,
    pieces_a_trier,
    preparer_reponse,
    trier,
    verser_piece,
)
from requisitions.workflow.instruction import (
    affecter,
    authentifier_par_rappel,
    controler,
    medecins_possibles,
    noter_mentions,
    points_bloquants,
    refuser,
    regulariser,
    valider,
)
from requisitions.workflow.occultation import occulter
from requisitions.workflow.remise import (
    clore,
    constats_de_sortie,
    contester,
    mettre_a_disposition,
    ouvrir_pli,
    redeposer,
    retirer,
)
from requisitions.workflow.table import TRANSITIONS, WORKFLOW
from requisitions.workflow.volet import convoquer_ordre, remplir_volet

__all__ = [
    "TRANSITIONS",
    "WORKFLOW",
    "affecter",
    "annuler",
    "authentifier_par_rappel",
    "clore",
    "confirmer_gel",
    "constater_presence",
    "constats_de_sortie",
    "contester",
    "controler",
    "convoquer_ordre",
    "deposer",
    "deposer_images",
    "donner_accord",
    "medecins_possibles",
    "mettre_a_disposition",
    "noter_mentions",
    "occulter",
    "ouvrir_pli",
    "pieces_a_trier",
    "points_bloquants",
    "preparer_reponse",
    "redeposer",
    "refuser",
    "regulariser",
    "remplir_volet",
    "repondre_regularisation",
    "retirer",
    "trier",
    "valider",
    "verser_piece",
]
