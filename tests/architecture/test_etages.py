"""The floors: import-linter's contracts hold, and they speak of every package of the repository."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.architecture.depot import APPS, RACINE

LINTER = Path(sys.executable).with_name("lint-imports")


def verifier(dossier: Path) -> subprocess.CompletedProcess[str]:
    environnement = {"PATH": os.defpath, "PYTHONPATH": str(dossier)}
    return subprocess.run([LINTER, "--no-cache"], cwd=dossier, env=environnement, text=True, capture_output=True)


def test_les_imports_descendent() -> None:
    rapport = verifier(RACINE)
    assert rapport.returncode == 0, rapport.stdout


def test_un_import_qui_monte_est_refuse(tmp_path: Path) -> None:
    for paquet in (*APPS, "lanceur"):
        shutil.copytree(RACINE / paquet, tmp_path / paquet, ignore=shutil.ignore_patterns("__pycache__", "migrations"))
    shutil.copy(RACINE / "pyproject.toml", tmp_path)
    (tmp_path / "journal/monte.py").write_text("import dossiers.models\n")
    rapport = verifier(tmp_path)
    assert rapport.returncode == 1
    assert "journal.monte -> dossiers.models" in rapport.stdout


def test_les_contrats_connaissent_chaque_paquet() -> None:
    reglages = tomllib.loads((RACINE / "pyproject.toml").read_text())["tool"]["importlinter"]
    paquets = {dossier.parent.name for dossier in RACINE.glob("*/__init__.py")} - {"tests", "bench"}
    assert paquets == set(reglages["root_packages"]) == {*APPS, "lanceur"}
