"""The files that install and run the project hold what they promise."""

import re
import tomllib
from typing import Any

import pytest
import yaml

from lanceur.environnement import RACINE

VERROUS = ("base", "demo", "dev")


def verrouilles(nom: str) -> dict[str, str]:
    texte = (RACINE / f"requirements/{nom}.txt").read_text()
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^ \\;]+)", texte, flags=re.M))


@pytest.mark.parametrize("nom", VERROUS)
def test_un_verrou_ne_nomme_aucun_registre(nom: str) -> None:
    texte = (RACINE / f"requirements/{nom}.txt").read_text()
    assert not re.search(r"https?://|^-|--(extra-)?index-url|--find-links| @ ", texte, flags=re.M)


@pytest.mark.parametrize("nom", VERROUS)
def test_chaque_paquet_d_un_verrou_a_ses_empreintes(nom: str) -> None:
    texte = (RACINE / f"requirements/{nom}.txt").read_text()
    paquets = re.split(r"^(?=[A-Za-z0-9])", re.sub(r"^#.*\n", "", texte, flags=re.M), flags=re.M)[1:]
    assert len(paquets) == len(verrouilles(nom)) > 50
    assert [paquet for paquet in paquets if "--hash=sha256:" not in paquet] == []


def test_les_verrous_s_emboitent() -> None:
    base, demo, dev = (set(verrouilles(nom).items()) for nom in VERROUS)
    assert base < demo < dev


def test_chaque_dependance_declaree_est_verrouillee_a_sa_version() -> None:
    projet = tomllib.loads((RACINE / "pyproject.toml").read_text())["project"]
    verrou = verrouilles("base")
    for dependance in projet["dependencies"]:
        nom, version = re.fullmatch(r"([a-z0-9-]+)(?:\[[a-z0-9,]+\])?==(\S+)", dependance).groups()  # type: ignore[union-attr]
        assert verrou[nom] == version


def test_la_ci_lance_ce_que_lance_un_developpeur() -> None:
    lignes = (RACINE / ".ci/run").read_text().splitlines()
    assert [ligne for ligne in lignes if "make" in ligne] == ["exec make -j2 check test"]


@pytest.fixture(scope="module")
def compose() -> Any:
    return yaml.safe_load((RACINE / "docker-compose.yml").read_text())["services"]


def test_compose_cree_les_memes_roles_que_le_lanceur(compose: Any) -> None:
    assert any(volume.startswith("./lanceur/roles.sql:") for volume in compose["db"]["volumes"])


def test_seules_les_migrations_connaissent_le_proprietaire(compose: Any) -> None:
    informes = {nom for nom, service in compose.items() if "PROPRIETAIRE" in str(service.get("environment"))}
    assert informes == {"db", "migrations"}


def test_l_exemple_nomme_chaque_variable_exigee_par_compose() -> None:
    exigees = set(re.findall(r"\$\{([A-Z_]+):\?\}", (RACINE / "docker-compose.yml").read_text()))
    exemple = set(re.findall(r"^([A-Z_]+)=", (RACINE / ".env.example").read_text(), flags=re.M))
    assert exigees <= exemple
