"""REL-31: on a machine with the declared runtime packages only, everything of the product runs, on a real Redis."""

import os
import re
import shutil
from collections.abc import Iterator

import pytest

from accounts.demonstration import MOT_DE_PASSE
from tests.demarrage.machine import Machine, attendre, machine
from tests.rapport import consigner

pytestmark = [
    pytest.mark.skipif(
        "DATABASE_URL_SUPERUTILISATEUR" not in os.environ, reason="la base donnée n’a pas de superutilisateur connu"
    ),
    pytest.mark.skipif(shutil.which("redis-server") is None, reason="redis-server n’est pas installé"),
]


@pytest.fixture(scope="module")
def nue(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[Machine]:
    with machine(tmp_path_factory.mktemp("nue")) as prete:
        yield prete


def test_le_produit_demarre_avec_ses_seules_dependances(nue: Machine) -> None:
    """Migrations, web, a task through Redis, a tick of the clock, a PDF: five out of five.

    The migrations are loaded and found all applied: the run applied them itself, to the model of its databases.
    """
    avec_essais = "import importlib.util as u; print([n for n in ('pytest','hypothesis','mypy') if u.find_spec(n)])"
    assert nue.commander("-c", avec_essais).strip() == "[]"
    for commande in ("migrate", "charger_convention", "charger_table_requisitions"):
        nue.commander("manage.py", commande, TDU_ROLE="proprietaire")
    nue.commander("manage.py", "peupler_demo", "--dossiers", "12", "--graine", "7", TDU_ROLE="proprietaire")
    nue.sql(
        "INSERT INTO dossiers_brouillon (cle, proprietaire_id, genre, donnees, plumes, cree_le, modifie_le, expire_le) "
        "SELECT gen_random_uuid(), id, 'signalement', '', '{}', now(), now(), now() - interval '1 day' "
        "FROM accounts_user WHERE courriel = 'soignante@demo.test'"
    )
    with nue.servir():
        assert nue.lire("/connexion/")[0] == 200
        ou, _ = nue.envoyer("/connexion/", **identifiants(nue, "referente@demo.test"))
        assert ou != "/connexion/"
        export, _ = nue.envoyer("/bilan/2026/exporter/", page="/bilan/2026/")
        attendre(lambda: b"/pdf/" in nue.lire(export)[1], "L’export du bilan, par le travailleur et Redis")
        statut, pdf = nue.lire(f"{export}pdf/")
        assert (statut, pdf[:5]) == (200, b"%PDF-")
        attendre(
            lambda: nue.sql("SELECT count(*) FROM dossiers_brouillon WHERE expire_le < now()") == [(0,)],
            "L’effacement du brouillon expiré, par l’horloge",
        )
    consigner("rel-31", demarres=5, attendus=5)


def identifiants(nue: Machine, courriel: str) -> dict[str, str]:
    """The sign-in fields under the names that the page gives them."""
    page = nue.lire("/connexion/")[1].decode()
    champ = re.search(r'<input[^>]*type="email"[^>]*>', page)
    assert champ is not None
    nom = re.search(r'name="([^"]+)"', champ[0])
    assert nom is not None
    return {nom[1]: courriel, "password": MOT_DE_PASSE}
