"""The state diagram of each workflow, drawn from its table."""

import sys
from pathlib import Path

from django.urls import get_resolver

from tests.architecture.depot import APPS, RACINE
from transitions.workflow import Workflow

DOSSIER = RACINE / "docs/etats"


def workflows() -> dict[str, Workflow]:
    """Every Workflow that a module of ours declares, by the name of its file in docs/etats."""
    get_resolver().url_patterns  # noqa: B018  # imports the views, which import the workflows
    notres = [module for nom, module in list(sys.modules.items()) if nom.split(".")[0] in APPS]
    return {
        valeur.nom.lower(): valeur
        for module in notres
        for valeur in vars(module).values()
        if isinstance(valeur, Workflow)
    }


def fichier(nom: str) -> Path:
    return DOSSIER / f"{nom}.md"


def dessiner(workflow: Workflow) -> str:
    """A Mermaid diagram and the table of its states."""
    lignes = [f"# États : {workflow.nom}", "", "Généré par `python -m tests.architecture.matrice`.", "", "```mermaid"]
    lignes += ["stateDiagram-v2"]
    lignes += [f"    {etat.code} : {etat.libelle}" for etat in workflow.etats.values()]
    arrivees = {transition.vers for transition in workflow.transitions.values()}
    # Where nothing starts because a way leads back to the first state, the first state declared is the start.
    debuts = [code for code in workflow.etats if code not in arrivees] or list(workflow.etats)[:1]
    lignes += [f"    [*] --> {code}" for code in debuts]
    lignes += [
        f"    {depuis} --> {transition.vers} : {transition.nom}"
        for transition in workflow.transitions.values()
        for depuis in sorted(transition.depuis)
    ]
    departs = {depuis for transition in workflow.transitions.values() for depuis in transition.depuis}
    lignes += [f"    {code} --> [*]" for code in workflow.etats if code not in departs]
    lignes += ["```", "", "| État | Code | Phase |", "|---|---|---|"]
    lignes += [f"| {etat.libelle} | `{etat.code}` | {etat.phase} |" for etat in workflow.etats.values()]
    lignes += ["", "| Acte | Depuis | Vers |", "|---|---|---|"]
    lignes += [
        f"| {transition.libelle} | {', '.join(sorted(transition.depuis))} | {transition.vers} |"
        for transition in workflow.transitions.values()
    ]
    return "\n".join([*lignes, ""])
