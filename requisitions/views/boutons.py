"""The buttons of legal affairs on a case: what the table of transitions permits, and what a pending refusal holds."""

from typing import Any

from django.urls import reverse

from dossiers.models import Dossier
from requisitions.adresses import page_de_preparation
from requisitions.policies import peut_proposer_refus
from requisitions.refus import en_attente
from requisitions.types_acte import type_acte
from requisitions.workflow import (
    WORKFLOW,
    arret_du_remplacement,
    peut_etre_classee,
    remise_en_main_possible,
    sans_reponse,
)
from transitions.verdict import Verdict, non

# Transition → (page, tone, icon, words). Those of the executors stand on their own pages.
ACTIONS = {
    "valider": ("controle", "primary", "check", "Contrôler et valider"),
    "affecter": ("affectation", "primary", "user", "Confier l’exécution"),
    "remplacer": ("remplacement", "", "user", "Désigner un autre médecin"),
    "preparer_reponse": ("reponse", "primary", "pencil", "Préparer la réponse"),
    "repondre_elements": ("elements", "", "check", "Répondre à chaque élément"),
    "mettre_a_disposition": ("reponse", "primary", "send", "Composer et mettre à disposition"),
    "remettre_en_main": ("main_propre", "primary", "hand", "Remettre en main propre"),
    "noter_reponse": ("complement_recu", "primary", "pencil", "Enregistrer la réponse du requérant"),
    "regulariser": ("complement", "", "chat", "Demander une régularisation"),
    "refuser": ("refus", "danger", "hand", "Proposer un refus"),
    "classer": ("classement", "danger", "archive", "Classer sans réponse"),
    "revoquer": ("revocation", "danger", "history", "Reprendre la réponse"),
    "noter_retrait": ("annulation_recue", "danger", "cross", "Enregistrer un retrait"),
    "contester": ("contestation", "danger", "flag", "Noter une contestation"),
}
# Not a button at all for whoever may not: the act is somebody else's, not theirs held back.
SI_PERMIS = frozenset({"preparer_reponse", "noter_reponse", "noter_retrait"})


def _page(nom: str, page: str, courant: Dossier) -> str:
    return page_de_preparation(courant) if nom == "preparer_reponse" else page


def boutons(courant: Dossier, acteur: Any) -> list[dict[str, Any]]:
    """The buttons of the present state, each with its verdict; executors' own steps are not shown here."""
    acte = type_acte(courant.variante)
    disponibles = {transition.nom: verdict for transition, verdict in WORKFLOW.disponibles(courant, acteur)}
    if not acte.nomme_un_medecin:
        disponibles.pop("remplacer", None)
    if disponibles.get("remplacer") and (arret := arret_du_remplacement(courant)):
        disponibles["remplacer"] = non(arret)
    if courant.variante == "PRESENCE":
        disponibles.pop("repondre_elements", None)
    if disponibles.get("classer"):
        disponibles["classer"] = peut_etre_classee(sans_reponse(courant))
    if not remise_en_main_possible(courant, acteur):
        disponibles.pop("remettre_en_main", None)
    _selon_le_refus(disponibles, courant, acteur)
    return [
        {
            "libelle": f"Désigner {acte.un_autre}" if nom == "remplacer" else libelle,
            "url": reverse(f"requisitions:{_page(nom, page, courant)}", args=[courant.cle]),
            "ton": ton,
            "icone": icone,
            "verdict": disponibles[nom],
        }
        for nom, (page, ton, icone, libelle) in ACTIONS.items()
        if nom in disponibles and (nom not in SI_PERMIS or disponibles[nom])
    ]


def _selon_le_refus(disponibles: dict[str, Verdict], courant: Dossier, acteur: Any) -> None:
    """A refusal starts by its proposal; once proposed it has a block of its own."""
    if "refuser" not in disponibles:
        return
    disponibles["refuser"] = peut_proposer_refus(courant, acteur)
    if en_attente(courant):
        del disponibles["refuser"]
