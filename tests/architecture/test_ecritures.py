"""Who may write what: one writer per thing that matters, read in the syntax tree."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.depot import appels, arbre, est_vue, modules, nom

INTERDITS = {
    "assign_perm",
    "remove_perm",
    "get_objects_for_user",
    "get_objects_for_group",
    "get_users_with_perms",
    "get_groups_with_perms",
    "get_perms",
    "has_perm",
    "has_perms",
    "bulk_assign_perm",
    "create_superuser",
    "extra",
    "RawSQL",
}
# The one place that may do what is closed elsewhere.
PERMIS = {
    "mark_safe": {"presentation/templatetags/presentation.py", "bilans/graphiques.py", "fiches/prose.py"},
    "csrf_exempt": {"accounts/urls.py"},
    "login_not_required": {
        "accounts/urls.py",
        "accueil/urls.py",
        "convention/urls.py",
        "documents/urls.py",
        "presentation/views.py",
    },
}
ECRIVAINS_DES_PARTS = {"dossiers/participations.py"}
CONTENUS = {"Dossier", "Personne", "Piece", "Message"}


def affectations(fichier: Path, attribut: str) -> Iterator[int]:
    """Lines that assign `something.attribut`, directly or by setattr with a literal."""
    for noeud in ast.walk(arbre(fichier)):
        cibles: list[ast.expr] = []
        if isinstance(noeud, ast.Assign):
            cibles = list(noeud.targets)
        elif isinstance(noeud, ast.AugAssign | ast.AnnAssign):
            cibles = [noeud.target]
        elif isinstance(noeud, ast.Call) and isinstance(noeud.func, ast.Name) and noeud.func.id == "setattr":
            nomme = noeud.args[1] if len(noeud.args) > 1 else None
            if isinstance(nomme, ast.Constant) and nomme.value == attribut:
                yield noeud.lineno
        for cible in cibles:
            for partie in ast.walk(cible):
                if isinstance(partie, ast.Attribute) and partie.attr == attribut and isinstance(partie.ctx, ast.Store):
                    yield noeud.lineno


def test_seul_le_workflow_affecte_un_etat() -> None:
    ecrivains = {nom(fichier) for fichier in modules() for _ in affectations(fichier, "etat")}
    assert ecrivains == {"transitions/workflow.py"}


def test_aucun_update_n_ecrit_un_etat() -> None:
    """`update(etat=…)` would pass beside the table of transitions."""
    fautes = [
        f"{nom(fichier)}:{noeud.lineno}"
        for fichier in modules()
        for noeud in ast.walk(arbre(fichier))
        if isinstance(noeud, ast.Call)
        and isinstance(noeud.func, ast.Attribute)
        and noeud.func.attr in {"update", "update_or_create", "bulk_update"}
        and any(argument.arg == "etat" for argument in noeud.keywords)
    ]
    assert fautes == []


def test_les_droits_ne_passent_jamais_par_les_raccourcis_de_guardian_ni_de_django() -> None:
    fautes = [
        f"{nom(fichier)}:{ligne} {appel}"
        for fichier in modules()
        for ligne, appel in appels(fichier)
        if appel in INTERDITS
    ]
    assert fautes == []


@pytest.mark.parametrize("appel", PERMIS)
def test_ce_qui_est_ferme_ne_s_ouvre_qu_aux_endroits_declares(appel: str) -> None:
    auteurs = {
        nom(fichier)
        for fichier in modules()
        for noeud in ast.walk(arbre(fichier))
        if isinstance(noeud, ast.Name) and noeud.id == appel
    }
    assert auteurs <= PERMIS[appel]


def test_aucun_module_ne_lit_is_superuser() -> None:
    lecteurs = {
        nom(fichier)
        for fichier in modules()
        for noeud in ast.walk(arbre(fichier))
        if isinstance(noeud, ast.Attribute) and noeud.attr == "is_superuser"
    }
    assert lecteurs == set()


def test_seul_le_rattachement_ecrit_les_groupes() -> None:
    ecrivains = {
        nom(fichier)
        for fichier in modules()
        for noeud in ast.walk(arbre(fichier))
        if isinstance(noeud, ast.Attribute)
        and noeud.attr in {"add", "remove", "set", "clear"}
        and isinstance(noeud.value, ast.Attribute)
        and noeud.value.attr == "groups"
    }
    assert ecrivains == {"convention/rattachements.py"}


def test_les_vues_ne_lisent_un_dossier_que_par_la_porte() -> None:
    """In a view, `Dossier.objects` is followed by `visibles_par`; what hangs on a case is reached from the case."""
    fautes = []
    for fichier in filter(est_vue, modules()):
        for noeud in ast.walk(arbre(fichier)):
            if not (isinstance(noeud, ast.Attribute) and isinstance(noeud.value, ast.Attribute)):
                continue
            gestionnaire = noeud.value
            if gestionnaire.attr != "objects" or not isinstance(gestionnaire.value, ast.Name):
                continue
            if gestionnaire.value.id in CONTENUS and noeud.attr != "visibles_par":
                fautes.append(f"{nom(fichier)}:{noeud.lineno} {gestionnaire.value.id}.objects.{noeud.attr}")
    assert fautes == []


def test_seul_accorder_ecrit_les_participations() -> None:
    ecritures = {"create", "bulk_create", "get_or_create", "update_or_create", "delete", "bulk_update"}
    fautes = {
        nom(fichier)
        for fichier in modules()
        for noeud in ast.walk(arbre(fichier))
        if isinstance(noeud, ast.Call)
        and isinstance(noeud.func, ast.Attribute)
        and noeud.func.attr in ecritures
        and "Participation" in ast.unparse(noeud.func.value)
    }
    # The demonstration seed copies envelopes in bulk, without an actor.
    en_masse = {fichier for fichier in fautes if "/management/" in fichier or fichier.endswith("demonstration.py")}
    assert fautes - en_masse == ECRIVAINS_DES_PARTS


def test_les_verbes_nomment_leur_acteur() -> None:
    """In a `workflow.py`, every verb (it runs in a transaction) is keyword-only and takes `acteur`."""
    fautes = [
        f"{nom(fichier)}:{verbe.name}"
        for fichier in modules()
        if fichier.stem == "workflow" and fichier.parent.name != "transitions"
        for verbe in arbre(fichier).body
        if isinstance(verbe, ast.FunctionDef) and not verbe.name.startswith("_")
        if any("atomic" in ast.unparse(decorateur) for decorateur in verbe.decorator_list)
        if verbe.args.args or "acteur" not in {argument.arg for argument in verbe.args.kwonlyargs}
    ]
    assert fautes == []
