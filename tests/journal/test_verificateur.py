"""The stand-alone verifier: a partner runs it alone, on a good export and on falsified ones."""

import ast
import json
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from django.db import transaction

import journal.verificateur
from accueil.acces.archive import en_jsonl
from journal.carnet import PLATEFORME, noter
from journal.chaine import lignes
from journal.models import Entree

FICHIER = Path(journal.verificateur.__file__)


@pytest.fixture
def export(db: None, tmp_path: Path) -> Path:
    """Rows 3 to 12 of a chain, as the product exports them."""
    for rang in range(12):
        noter("essai", acteur=None, objet=f"objet {rang}", cle=uuid.UUID(int=rang), details={"é": "ö"})
    fichier = tmp_path / "journal.jsonl"
    with transaction.atomic():
        fichier.write_text("".join(en_jsonl(PLATEFORME, lignes(PLATEFORME, depuis=3, jusqu_a=12))), encoding="utf-8")
    return fichier


def lancer(fichier: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Isolated from the project: `-I` hides its directory, its packages and its environment."""
    copie = fichier.parent / "verificateur.py"
    copie.write_bytes(FICHIER.read_bytes())
    return subprocess.run(
        [sys.executable, "-I", "-S", str(copie), str(fichier), *arguments],
        capture_output=True,
        text=True,
        cwd=fichier.parent,
        timeout=30,
    )


def derniere() -> Entree:
    entree = Entree.objects.order_by("-numero").first()
    assert entree is not None
    return entree


def test_il_n_emprunte_rien_au_projet_et_tient_en_quelques_dizaines_de_lignes() -> None:
    arbre = ast.parse(FICHIER.read_text(encoding="utf-8"))
    modules = {alias.name for n in ast.walk(arbre) if isinstance(n, ast.Import) for alias in n.names}
    modules |= {n.module or "" for n in ast.walk(arbre) if isinstance(n, ast.ImportFrom)}
    assert {module.split(".")[0] for module in modules} <= set(sys.stdlib_module_names)
    assert len(FICHIER.read_text(encoding="utf-8").splitlines()) <= 90


def test_un_bon_export_est_integre(export: Path) -> None:
    resultat = lancer(export, "--ancre", derniere().empreinte, "--ancre", f"12:{derniere().empreinte}")
    assert (resultat.returncode, resultat.stderr) == (0, "")
    assert "Intègre : 10 événements, 2 empreinte(s)" in resultat.stdout


def test_sans_empreinte_il_previent_de_ce_qu_il_ne_voit_pas(export: Path) -> None:
    resultat = lancer(export)
    assert resultat.returncode == 0
    assert "ne se voit pas" in resultat.stdout


def changer(lignes_lues: list[str], rang: int, **champs: object) -> list[str]:
    ligne = {**json.loads(lignes_lues[rang]), **champs}
    return [*lignes_lues[:rang], json.dumps(ligne, ensure_ascii=False) + "\n", *lignes_lues[rang + 1 :]]


FALSIFICATIONS = {
    "un contenu changé": (
        lambda lues: changer(lues, 4, contenu=json.loads(lues[4])["contenu"] + " "),
        "n° 7 : contenu modifié",
    ),
    "une date changée": (lambda lues: changer(lues, 4, le="2026-01-01T00:00:00.000000Z"), "n° 7 : contenu modifié"),
    "une ligne retirée": (lambda lues: lues[:4] + lues[5:], "n° 8 : ne suit pas"),
    "deux lignes échangées": (lambda lues: [*lues[:4], lues[5], lues[4], *lues[6:]], "n° 8 : ne suit pas"),
    "une ligne doublée": (lambda lues: [*lues[:5], lues[4], *lues[5:]], "n° 7 : ne suit pas"),
    "une autre chaîne": (lambda lues: changer(lues, 4, chaine="CHV"), "n° 7 : ne suit pas"),
    "une ligne abîmée": (lambda lues: [*lues[:4], "{\n", *lues[5:]], "ligne 5 : illisible"),
    "une fin retirée": (lambda lues: lues[:-1], "ne s’y trouve pas"),
    "tout retiré": (lambda lues: [], "ne s’y trouve pas"),
}


@pytest.mark.parametrize("falsification", FALSIFICATIONS)
def test_un_export_falsifie_est_refuse_et_nomme(export: Path, falsification: str) -> None:
    falsifier, dit = FALSIFICATIONS[falsification]
    export.write_text(
        "".join(falsifier(export.read_text(encoding="utf-8").splitlines(keepends=True))), encoding="utf-8"
    )
    resultat = lancer(export, "--ancre", derniere().empreinte)
    assert resultat.returncode == 1
    assert dit in resultat.stderr


def test_une_empreinte_a_un_autre_numero_est_refusee(export: Path) -> None:
    assert lancer(export, "--ancre", f"11:{derniere().empreinte}").returncode == 1


def test_un_fichier_absent_ou_binaire_est_illisible(export: Path) -> None:
    assert lancer(export.parent / "absent.jsonl").returncode == 2
    export.write_bytes(b"\xff\xfe\x00")
    assert lancer(export).returncode == 2
