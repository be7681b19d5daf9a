"""Keys are drawn once, a given database is respected, one launcher runs at a time."""

import base64
from pathlib import Path

import pytest

from lanceur import environnement
from lanceur.environnement import DejaLance, base_de_donnees, cles, verrou
from lanceur.erreurs import LancementImpossible


def test_les_cles_sont_tirees_une_fois_et_privees(tmp_path: Path) -> None:
    premieres = cles(tmp_path)
    assert cles(tmp_path) == premieres
    assert (tmp_path / "cles.json").stat().st_mode & 0o777 == 0o600
    assert len(base64.b64decode(premieres["CLE_MAITRESSE"])) == 32
    assert len(base64.b64decode(premieres["CLE_INDEX"])) == 32
    assert len(set(premieres.values())) == 3


def test_deux_lanceurs_ne_partagent_pas_un_etat(tmp_path: Path) -> None:
    with verrou(tmp_path), pytest.raises(DejaLance, match="déjà"), verrou(tmp_path):
        pass
    with verrou(tmp_path):
        pass


def test_une_base_donnee_n_en_lance_pas_d_autre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://app_web@/ailleurs")
    monkeypatch.setenv("DATABASE_URL_PROPRIETAIRE", "postgres://proprietaire@/ailleurs")
    monkeypatch.setattr(environnement, "grappe", lambda *_, **__: pytest.fail("une grappe est lancée"))
    with base_de_donnees(tmp_path) as urls:
        assert urls == {}


def test_une_base_donnee_sans_son_proprietaire_est_refusee(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://app_web@/ailleurs")
    monkeypatch.delenv("DATABASE_URL_PROPRIETAIRE", raising=False)
    with pytest.raises(LancementImpossible, match="DATABASE_URL_PROPRIETAIRE"), base_de_donnees(tmp_path):
        pass
