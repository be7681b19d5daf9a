"""The verbs of a requisition, keyword-only, each one transaction."""

from requisitions.levees import constats_de_sortie, points_bloquants
from requisitions.workflow.accord_patient import noter_accord_patient
from requisitions.workflow.aptitude import reevaluer_aptitude, remettre_avis
from requisitions.workflow.audition import programmer_audition, verifier_la_presence
from requisitions.workflow.autre_personne import preparer_pour_une_autre
from requisitions.workflow.classement import classer, derniere_reponse, peut_etre_classee, sans_reponse
from requisitions.workflow.conclusions_orales import conclure_oralement
from requisitions.workflow.constat import constater_audition, reprendre_le_constat
from requisitions.workflow.depot import deposer
from requisitions.workflow.ecrit import joindre_l_ecrit
from requisitions.workflow.elements import repondre_elements
from requisitions.workflow.execution import (
    constater_le_silence,
    constater_presence,
    deposer_images,
    donner_accord,
    pieces_a_trier,
    preparer_reponse,
    trier,
    verser_piece,
)
from requisitions.workflow.gel import confirmer_gel, constater_perte
from requisitions.workflow.instruction import (
    affecter,
    authentifier_par_rappel,
    controler,
    medecins_possibles,
    noter_mentions,
    regulariser,
    valider,
)
from requisitions.workflow.inventaire import noter_inventaire, rayer_piece
from requisitions.workflow.levees import demander_levee, lever
from requisitions.workflow.main_propre import Porteur, remettre_en_main, remise_en_main_possible
from requisitions.workflow.occultation import occulter
from requisitions.workflow.ordre import (
    convoquer_ordre,
    deplacer_convocation,
    rendre_compte_pour_l_ordre,
    repondre_pour_l_ordre,
)
from requisitions.workflow.ouverture import ouvrir_pli, telecharger_pli
from requisitions.workflow.papiers import attester_la_presence, noter_au_service, peut_attester, peut_noter_au_service
from requisitions.workflow.perquisition import (
    controler_apres,
    editer_fiches_de_scelle,
    ouvrir_perquisition,
    rediger_compte_rendu,
)
from requisitions.workflow.pour_le_requerant import noter_reponse, noter_retrait
from requisitions.workflow.preparation import noter_preparation, prevenir_medecin
from requisitions.workflow.reception import recevoir
from requisitions.workflow.refus import peut_viser, proposer_refus, refuser, renvoyer_refus, retirer_refus
from requisitions.workflow.remise import (
    clore,
    contester,
    mettre_a_disposition,
    redeposer,
)
from requisitions.workflow.remplacement import (
    arret_du_declin,
    arret_du_remplacement,
    decliner,
    remplacants,
    remplacer,
)
from requisitions.workflow.report import reporter
from requisitions.workflow.requerant import Reponse, annuler, repondre_regularisation
from requisitions.workflow.restitution import (
    demander_restitution,
    noter_decision,
    noter_retour,
    relancer_restitution,
)
from requisitions.workflow.revocation import revoquer, trop_tard
from requisitions.workflow.sortie import arret_du_titre
from requisitions.workflow.suivi import reprendre_le_suivi, suivie_par
from requisitions.workflow.table import TRANSITIONS, WORKFLOW
from requisitions.workflow.tenue import Constat
from requisitions.workflow.urgence import confirmer_urgence
from requisitions.workflow.volet import remplir_volet

__all__ = [
    "TRANSITIONS",
    "WORKFLOW",
    "Constat",
    "Porteur",
    "Reponse",
    "affecter",
    "annuler",
    "arret_du_declin",
    "arret_du_remplacement",
    "arret_du_titre",
    "attester_la_presence",
    "authentifier_par_rappel",
    "classer",
    "clore",
    "conclure_oralement",
    "confirmer_gel",
    "confirmer_urgence",
    "constater_audition",
    "constater_le_silence",
    "constater_perte",
    "constater_presence",
    "constats_de_sortie",
    "contester",
    "controler",
    "controler_apres",
    "convoquer_ordre",
    "decliner",
    "demander_levee",
    "demander_restitution",
    "deplacer_convocation",
    "deposer",
    "deposer_images",
    "derniere_reponse",
    "donner_accord",
    "editer_fiches_de_scelle",
    "joindre_l_ecrit",
    "lever",
    "medecins_possibles",
    "mettre_a_disposition",
    "noter_accord_patient",
    "noter_au_service",
    "noter_decision",
    "noter_inventaire",
    "noter_mentions",
    "noter_preparation",
    "noter_reponse",
    "noter_retour",
    "noter_retrait",
    "occulter",
    "ouvrir_perquisition",
    "ouvrir_pli",
    "peut_attester",
    "peut_etre_classee",
    "peut_noter_au_service",
    "peut_viser",
    "pieces_a_trier",
    "points_bloquants",
    "preparer_pour_une_autre",
    "preparer_reponse",
    "prevenir_medecin",
    "programmer_audition",
    "proposer_refus",
    "rayer_piece",
    "recevoir",
    "redeposer",
    "rediger_compte_rendu",
    "reevaluer_aptitude",
    "refuser",
    "regulariser",
    "relancer_restitution",
    "remettre_avis",
    "remettre_en_main",
    "remise_en_main_possible",
    "remplacants",
    "remplacer",
    "remplir_volet",
    "rendre_compte_pour_l_ordre",
    "renvoyer_refus",
    "repondre_elements",
    "repondre_pour_l_ordre",
    "repondre_regularisation",
    "reporter",
    "reprendre_le_constat",
    "reprendre_le_suivi",
    "retirer_refus",
    "revoquer",
    "sans_reponse",
    "suivie_par",
    "telecharger_pli",
    "trier",
    "trop_tard",
    "valider",
    "verifier_la_presence",
    "verser_piece",
]
