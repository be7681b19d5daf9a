"""The table of transitions, and the one way to apply them."""

from collections.abc import Callable
from typing import Any

from convention.acteur import Acteur
from dossiers.models import Dossier
from dossiers.suivi import consigner, verrouiller
from requisitions import etats as e
from requisitions import policies as p
from requisitions.annonces.circuit import annoncer_la_fin, avertis
from requisitions.audition import sans_seance_ouverte
from requisitions.designation import CONFIEE, peut_decliner, peut_remplacer
from requisitions.models import Requisition
from requisitions.notifications import annoncer
from requisitions.pour_le_requerant import peut_noter_pour_le_requerant
from requisitions.refus import sans_refus_en_attente
from requisitions.saisie.perquisition import sans_controle_du
from transitions.verdict import Verdict
from transitions.workflow import Transition, TransitionRefusee, Workflow


def _depuis(*etats: str) -> frozenset[str]:
    return frozenset(etats)


def _sauf_refus(politique: Callable[[Dossier, Acteur], Verdict]) -> Callable[[Dossier, Acteur], Verdict]:
    """The policy of what contradicts a refusal: it waits while one waits for its visa."""
    return lambda dossier, acteur: politique(dossier, acteur) and sans_refus_en_attente(dossier)


def _peut_clore(dossier: Dossier, acteur: Acteur) -> Verdict:
    return p.peut_clore(dossier, acteur) and sans_seance_ouverte(dossier) and sans_controle_du(dossier)


TRANSITIONS = (
    Transition("controler", _depuis(e.RECUE), e.EN_CONTROLE, "Contrôle commencé", p.peut_controler),
    Transition(
        "regulariser",
        _depuis(e.EN_CONTROLE),
        e.A_REGULARISER,
        "Régularisation demandée",
        _sauf_refus(p.peut_regulariser),
    ),
    Transition("repondre_regularisation", _depuis(e.A_REGULARISER), e.RECUE, "Régularisation reçue", p.peut_repondre),
    Transition(
        "noter_reponse",
        _depuis(e.A_REGULARISER),
        e.RECUE,
        "Régularisation enregistrée par l’hôpital",
        peut_noter_pour_le_requerant,
    ),
    Transition("valider", _depuis(e.EN_CONTROLE), e.VALIDEE, "Réquisition validée", _sauf_refus(p.peut_valider)),
    Transition("affecter", _depuis(e.VALIDEE), e.AFFECTEE, "Exécution confiée", _sauf_refus(p.peut_affecter)),
    # Entrusted again: whatever the former doctor began, the new one has begun nothing.
    Transition("remplacer", CONFIEE, e.AFFECTEE, "Autre médecin désigné", _sauf_refus(peut_remplacer)),
    Transition("decliner", CONFIEE, e.AFFECTEE, "Le médecin désigné ne peut pas répondre", peut_decliner),
    Transition(
        "donner_accord",
        _depuis(e.AFFECTEE, e.EN_EXECUTION),
        e.EN_EXECUTION,
        "Réponse du médecin enregistrée",
        p.peut_donner_accord,
    ),
    Transition(
        "preparer_reponse", _depuis(e.AFFECTEE, e.EN_EXECUTION), e.EN_EXECUTION, "Réponse préparée", p.peut_preparer
    ),
    Transition(
        "repondre_elements",
        _depuis(e.AFFECTEE, e.EN_EXECUTION),
        e.EN_EXECUTION,
        "Réponse à chaque élément notée",
        _sauf_refus(p.peut_mettre_a_disposition),
    ),
    Transition(
        "mettre_a_disposition",
        _depuis(e.EN_EXECUTION),
        e.PRETE,
        "Réponse mise à disposition",
        _sauf_refus(p.peut_mettre_a_disposition),
    ),
    Transition("redeposer", _depuis(e.PRETE), e.PRETE, "Réponse déposée à nouveau", p.peut_mettre_a_disposition),
    Transition("revoquer", _depuis(e.PRETE), e.EN_EXECUTION, "Réponse reprise par l’hôpital", p.peut_revoquer),
    Transition("ouvrir_pli", _depuis(e.PRETE), e.REMISE, "Pli ouvert, récépissé signé", p.peut_retirer),
    Transition(
        "remettre_en_main",
        _depuis(e.PRETE),
        e.REMISE,
        "Réponse remise en main propre contre signature",
        p.peut_remettre_en_main,
    ),
    Transition("clore", _depuis(e.REMISE, e.CONTESTEE), e.CLOTUREE, "Réquisition close", _peut_clore, marque="clos"),
    Transition("refuser", e.INSTRUITE, e.REFUSEE, "Réquisition refusée, motif envoyé", p.peut_refuser, marque="clos"),
    Transition(
        "classer",
        _depuis(e.A_REGULARISER),
        e.ABANDONNEE,
        "Réquisition classée, sans réponse à la régularisation",
        p.peut_classer,
        marque="clos",
    ),
    Transition(
        "annuler", e.AVANT_REMISE, e.ANNULEE, "Réquisition annulée par le requérant", p.peut_annuler, marque="clos"
    ),
    Transition(
        "noter_retrait",
        e.AVANT_REMISE,
        e.ANNULEE,
        "Retrait enregistré par l’hôpital",
        peut_noter_pour_le_requerant,
        marque="clos",
    ),
    # Once the hospital has said its word: before, a refusal, a cancellation or a taking back answers the complaint.
    Transition(
        "contester",
        _depuis(e.REMISE, e.CLOTUREE, e.REFUSEE, e.ABANDONNEE, e.ANNULEE),
        e.CONTESTEE,
        "Contestation enregistrée",
        p.peut_contester,
    ),
)
# Steps of the hospital's own kitchen: the requester reads the state, never who was asked or what was answered.
INTERNES = frozenset(
    {
        "valider",
        "affecter",
        "remplacer",
        "decliner",
        "donner_accord",
        "preparer_reponse",
        "repondre_elements",
    }
)

WORKFLOW = Workflow("REQ", e.ETATS, TRANSITIONS, consigner=consigner, verrouiller=verrouiller)


def appliquer(nom: str, dossier: Dossier, acteur: Acteur, **options: Any) -> Dossier:
    """Apply a transition; internal ones are told inside the house only."""
    if nom not in INTERNES:
        applique: Dossier = WORKFLOW.appliquer(nom, dossier, acteur=acteur, **options)
        if applique.etat in e.SANS_SUITE:
            annoncer_la_fin(dossier=applique, codes=avertis(applique))
        return applique
    donnees = {**(options.pop("donnees", None) or {}), "reserve": True}
    applique = WORKFLOW.appliquer(nom, dossier, acteur=acteur, donnees=donnees, **options)
    annoncer(dossier=applique, acteur=acteur)
    return applique


def exiger(nom: str, dossier: Dossier, acteur: Acteur) -> Dossier:
    """Lock the case and refuse now what the transition would refuse later; for verbs that write before it."""
    dossier = verrouiller(dossier)
    verdict = WORKFLOW.verdict(nom, dossier, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    return dossier


def ouverte(dossier: Dossier) -> Requisition:
    """The letter, freshly read under the case's lock."""
    return Requisition.objects.select_related("ligne_decision", "service_requerant__institution").get(pk=dossier.pk)


def exiger_verdict(verdict: Verdict) -> None:
    """Raises TransitionRefusee with the reason: for the acts that change no state."""
    if not verdict:
        raise TransitionRefusee(verdict.raison)
