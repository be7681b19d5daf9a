"""A real cluster is created, started and stopped, with each PostgreSQL this machine has."""

import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from lanceur.binaires import trouver_binaires
from lanceur.environnement import RACINE
from lanceur.erreurs import LancementImpossible
from lanceur.postgres import Grappe, grappe, grappe_en_cours


@pytest.fixture(scope="module", params=["debian", "roue"])
def dossier(request: pytest.FixtureRequest) -> Iterator[Path]:
    """Under /tmp itself: pytest's own folder is closed to the account that runs PostgreSQL."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("TDU_POSTGRES", request.param)
        try:
            trouver_binaires()
        except LancementImpossible:
            pytest.skip(f"pas de PostgreSQL « {request.param} » sur cette machine")
        dossier = Path(tempfile.mkdtemp(prefix="tdu-essai-", dir="/tmp"))
        yield dossier
        shutil.rmtree(dossier)


@pytest.fixture
def en_marche(dossier: Path) -> Iterator[Grappe]:
    with grappe(dossier, rapide=True) as g:
        yield g


def lire(url: str, requete: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connexion:
        return connexion.execute(requete).fetchall()


def ecrire(url: str, requete: str) -> None:
    with psycopg.connect(url) as connexion:
        connexion.execute(requete)


def test_les_roles_sont_ceux_declares(en_marche: Grappe) -> None:
    roles = lire(
        en_marche.url_web,
        "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles "
        "WHERE rolcanlogin ORDER BY rolname",
    )
    assert roles == [
        ("app_web", False, False, False, False),
        ("audit", False, False, False, False),
        ("proprietaire", False, True, False, False),
        ("sauvegarde", False, False, False, True),
        ("superutilisateur", True, True, True, True),
    ]


def test_app_web_ne_cree_rien(en_marche: Grappe) -> None:
    with psycopg.connect(en_marche.url_web, autocommit=True) as connexion:
        for objet in ("TABLE t (i int)", "SCHEMA s", "DATABASE d", "ROLE r", "EXTENSION hstore"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connexion.execute(f"CREATE {objet}")


def test_app_web_ecrit_dans_les_tables_du_proprietaire_sans_les_vider(en_marche: Grappe) -> None:
    ecrire(en_marche.url_proprietaire, "CREATE TABLE IF NOT EXISTS lettre (id serial, mot text)")
    ecrire(en_marche.url_web, "INSERT INTO lettre (mot) VALUES ('bonjour')")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ecrire(en_marche.url_web, "TRUNCATE lettre")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ecrire(en_marche.url_web, "ALTER TABLE lettre DISABLE TRIGGER ALL")


def test_une_base_d_essais_nait_avec_les_memes_droits_et_extensions(en_marche: Grappe) -> None:
    with psycopg.connect(en_marche.url_proprietaire, autocommit=True) as connexion:
        connexion.execute("CREATE DATABASE test_neuve")
    try:
        ecrire(en_marche.url_proprietaire.replace("@/traitdunion", "@/test_neuve"), "CREATE TABLE t (id serial)")
        app_web = en_marche.url_web.replace("@/traitdunion", "@/test_neuve")
        ecrire(app_web, "INSERT INTO t DEFAULT VALUES")
        extensions = {nom for (nom,) in lire(app_web, "SELECT extname FROM pg_extension")}
        assert {"unaccent", "pg_trgm", "btree_gist", "citext"} <= extensions
    finally:
        with psycopg.connect(en_marche.url_proprietaire, autocommit=True) as connexion:
            connexion.execute("DROP DATABASE test_neuve")


def test_rien_n_ecoute_sur_le_reseau_et_le_mot_de_passe_compte(en_marche: Grappe) -> None:
    assert lire(en_marche.url_web, "SHOW listen_addresses") == [("",)]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(en_marche.url_web.replace("app_web:", "app_web:faux"))


def test_un_redemarrage_garde_les_donnees_et_ne_laisse_rien_tourner(dossier: Path) -> None:
    with grappe(dossier, rapide=True) as g:
        ecrire(g.url_proprietaire, "CREATE TABLE souvenir AS SELECT 7 AS valeur")
        prise = g.prise
    assert not prise.exists()
    assert grappe_en_cours(dossier) is None
    with grappe(dossier, rapide=True) as g:
        assert lire(g.url_web, "SELECT valeur FROM souvenir") == [(7,)]


def test_les_mots_de_passe_sont_prives(dossier: Path, en_marche: Grappe) -> None:
    fichier = dossier / "mots-de-passe.json"
    assert fichier.stat().st_mode & 0o777 == 0o600
    assert en_marche.mots_de_passe["app_web"] in fichier.read_text()


def test_la_grappe_d_un_lanceur_tue_est_reprise(dossier: Path) -> None:
    programme = (
        "import sys, time; from pathlib import Path; from lanceur.postgres import grappe\n"
        "with grappe(Path(sys.argv[1]), rapide=True): print('pret', flush=True); time.sleep(60)"
    )
    lanceur = subprocess.Popen([sys.executable, "-c", programme, dossier], cwd=RACINE, stdout=subprocess.PIPE)
    with lanceur:
        assert lanceur.stdout
        assert lanceur.stdout.readline() == b"pret\n"
        lanceur.send_signal(signal.SIGKILL)
    orpheline = grappe_en_cours(dossier)
    assert orpheline
    assert orpheline.prise.exists()
    with grappe(dossier, rapide=True) as g:
        assert lire(g.url_web, "SELECT current_user") == [("app_web",)]
        assert g.prise != orpheline.prise
    assert not orpheline.prise.exists()
