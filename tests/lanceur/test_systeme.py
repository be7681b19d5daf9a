"""What is missing on a machine is installed when we may, else named with its command."""

import os
import subprocess
from collections.abc import Callable
from typing import Any

import pytest

from lanceur import systeme
from lanceur.erreurs import LancementImpossible
from lanceur.systeme import Besoin, exiger


@pytest.fixture
def commandes(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    lancees: list[list[str]] = []

    def lancer(commande: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        assert options["stdin"] == subprocess.DEVNULL
        lancees.append(commande)
        return subprocess.CompletedProcess(commande, 0, "", "")

    monkeypatch.setattr(subprocess, "run", lancer)
    return lancees


@pytest.fixture
def identite(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    monkeypatch.setattr(systeme, "commande", lambda nom: nom == "apt-get")
    return lambda uid: monkeypatch.setattr(os, "geteuid", lambda: uid)


def manque(*, indispensable: bool = True) -> Besoin:
    return Besoin("libessai1", "les essais", lambda: False, indispensable)


def test_sans_etre_root_la_commande_exacte_est_donnee(
    commandes: list[list[str]], identite: Callable[[int], None]
) -> None:
    identite(1000)
    with pytest.raises(LancementImpossible, match="sudo apt-get update && sudo apt-get install libessai1"):
        exiger((manque(),))
    assert commandes == []


def test_root_sur_debian_installe_d_un_coup_tout_ce_qui_manque(
    commandes: list[list[str]], identite: Callable[[int], None]
) -> None:
    identite(0)
    reponses = iter([False, False, True])
    exiger((Besoin("libessai1", "les essais", lambda: next(reponses)), Besoin("present", "rien", lambda: True)))
    assert [commande[2] for commande in commandes] == ["update", "install"]
    assert "libessai1" in commandes[1]
    assert "present" not in commandes[1]


def test_ce_qui_est_facultatif_s_installe_a_part(commandes: list[list[str]], identite: Callable[[int], None]) -> None:
    """A package unknown here must not carry the others away."""
    identite(0)
    reponses = iter([False, False, True])
    exiger((Besoin("libessai1", "les essais", lambda: next(reponses)), Besoin("rare", "plus", lambda: False, False)))
    assert [commande[2] for commande in commandes] == ["update", "install", "install"]
    assert [commande[-1] for commande in commandes[1:]] == ["libessai1", "rare"]


def test_ce_qu_un_autre_vient_d_installer_ne_s_installe_pas_deux_fois(
    commandes: list[list[str]], identite: Callable[[int], None]
) -> None:
    identite(0)
    reponses = iter([False, True])
    exiger((Besoin("libessai1", "les essais", lambda: next(reponses)),))
    assert commandes == []


def test_une_installation_qui_echoue_se_dit(commandes: list[list[str]], identite: Callable[[int], None]) -> None:
    identite(0)
    with pytest.raises(LancementImpossible, match="libessai1"):
        exiger((manque(),))


def test_ce_qui_est_facultatif_n_arrete_pas(
    commandes: list[list[str]], identite: Callable[[int], None], capsys: pytest.CaptureFixture[str]
) -> None:
    identite(1000)
    exiger((manque(indispensable=False),))
    assert "On continue sans." in capsys.readouterr().err


def test_rien_ne_manque_rien_ne_se_dit(commandes: list[list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    exiger((Besoin("present", "rien", lambda: True),))
    assert (commandes, capsys.readouterr()) == ([], ("", ""))
