"""The machinery alone, on plain objects."""

from types import SimpleNamespace
from typing import Any

import pytest

from transitions.verdict import OUI, Constat, Niveau, non, tous
from transitions.workflow import Etat, Transition, TransitionRefusee, Workflow

ETATS = (Etat("A", "Premier", "mute", "pencil", "brouillon"), Etat("B", "Second", "ok", "check", "clos"))


class Objet(SimpleNamespace):
    enregistrements = 0

    def save(self) -> None:
        self.enregistrements += 1


@pytest.fixture
def consignes() -> list[dict[str, Any]]:
    return []


@pytest.fixture
def workflow(consignes: list[dict[str, Any]]) -> Workflow:
    transition = Transition(
        "passer",
        frozenset({"A"}),
        "B",
        "Passé",
        lambda objet, acteur: OUI if acteur.chef else non("Seul le chef passe."),
        marque="passe",
    )
    return Workflow(
        "ESSAI",
        ETATS,
        (transition,),
        consigner=lambda objet, **faits: consignes.append(faits),
        verrouiller=lambda objet: objet,
    )


CHEF, AUTRE = SimpleNamespace(chef=True, utilisateur_id=7), SimpleNamespace(chef=False, utilisateur_id=8)


def test_une_transition_ecrit_l_etat_la_phase_la_date_et_l_auteur(
    workflow: Workflow, consignes: list[dict[str, Any]]
) -> None:
    objet = workflow.appliquer("passer", Objet(etat="A", phase="brouillon"), acteur=CHEF, commentaire="Vu")
    assert (objet.etat, objet.phase, objet.passe_par_id, objet.enregistrements) == ("B", "clos", 7, 1)
    assert objet.passe_le.tzinfo is not None
    assert [(faits["avant"], faits["commentaire"], faits["transition"].nom) for faits in consignes] == [
        ("A", "Vu", "passer")
    ]


def test_un_refus_n_ecrit_rien(workflow: Workflow, consignes: list[dict[str, Any]]) -> None:
    objet = Objet(etat="A", phase="brouillon")
    with pytest.raises(TransitionRefusee, match="Seul le chef passe."):
        workflow.appliquer("passer", objet, acteur=AUTRE)
    assert (objet.etat, objet.enregistrements, consignes) == ("A", 0, [])


def test_un_controle_de_derniere_minute_arrete_tout(workflow: Workflow, consignes: list[dict[str, Any]]) -> None:
    def refuser(objet: Any) -> None:
        raise TransitionRefusee("Trop tard.")

    objet = Objet(etat="A", phase="brouillon")
    with pytest.raises(TransitionRefusee):
        workflow.appliquer("passer", objet, acteur=CHEF, avant_ecriture=refuser)
    assert (objet.etat, consignes) == ("A", [])


def test_la_table_passe_avant_la_politique(workflow: Workflow) -> None:
    verdict = workflow.verdict("passer", Objet(etat="B"), CHEF)
    assert not verdict
    assert verdict.raison == "Ce n’est plus possible\u00a0: l’état est «\u00a0Second\u00a0»."


def test_les_actes_disponibles_portent_leur_verdict(workflow: Workflow) -> None:
    assert [(t.nom, bool(v)) for t, v in workflow.disponibles(Objet(etat="A"), AUTRE)] == [("passer", False)]
    assert workflow.disponibles(Objet(etat="B"), CHEF) == []


def test_tous_donne_le_premier_refus() -> None:
    assert tous(OUI, non("Un."), non("Deux.")).raison == "Un."
    assert tous(OUI, OUI)
    assert tous()


def test_seul_un_constat_bloquant_bloque() -> None:
    assert [Constat("C01", niveau, "m").bloque for niveau in Niveau] == [True, False, False]
