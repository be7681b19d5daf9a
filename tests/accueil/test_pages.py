"""The pages of the home floor: constant cost, nothing of somebody else's, drafts of every kind."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dossiers.brouillons import commencer
from notifications.models import Avis
from tests.contrats.fabrique import Fabrique, fabriques
from tests.distribution import Distribution


def requetes(client: Any, adresse: str, **envoi: str) -> int:
    methode = client.post if envoi else client.get
    methode(adresse, envoi or None)  # the first page fills the caches of a process
    with CaptureQueriesContext(connection) as capture:
        assert methode(adresse, envoi or None).status_code == 200
    return len(capture)


@pytest.mark.parametrize("fabrique", fabriques().values(), ids=lambda f: f.nature)
def test_une_liste_de_dossiers_coute_un_nombre_constant_de_requetes(
    distribution: Distribution, fabrique: Fabrique
) -> None:
    fabrique.ouvrir(distribution)
    client = distribution.client(fabrique.lecteurs[0])
    une = requetes(client, "/accueil/")
    for _ in range(5):
        fabrique.ouvrir(distribution)
    assert requetes(client, "/accueil/") == une


def test_les_notifications_coutent_un_nombre_constant_de_requetes(distribution: Distribution) -> None:
    utilisateur, client = distribution.utilisateur("opj"), distribution.client("opj")

    def avertir(debut: int, fin: int) -> None:
        Avis.objects.bulk_create(
            Avis(destinataire=utilisateur, cle_unique=f"a{rang}", texte=f"Avis {rang}") for rang in range(debut, fin)
        )

    avertir(0, 1)
    une = requetes(client, "/notifications/")
    avertir(1, 100)
    assert requetes(client, "/notifications/") == une


def test_le_journal_coute_un_nombre_constant_de_requetes(distribution: Distribution) -> None:
    client = distribution.client("dpo")
    une = requetes(client, "/journal/")
    for _ in range(60):
        client.get("/compte/")
    assert requetes(client, "/journal/") == une


def test_le_journal_ne_se_lit_que_par_la_protection_des_donnees(distribution: Distribution) -> None:
    assert distribution.client("dpo").get("/journal/").status_code == 200
    reponse = distribution.client("soignante").get("/journal/")
    assert reponse.status_code == 403
    assert "protection des données" in reponse.content.decode()


def test_le_journal_ne_montre_que_la_maison_du_lecteur(distribution: Distribution) -> None:
    distribution.client("opj").get("/compte/")
    distribution.client("soignante").get("/compte/")
    page = distribution.client("dpo").get("/journal/").content.decode()
    assert "Camille Aubert" in page
    assert "Caradec" not in page


def test_la_recherche_ne_trouve_que_les_dossiers_visibles(distribution: Distribution) -> None:
    fabrique = next(f for f in fabriques().values() if f.nature == "SIGNALEMENT")
    reference = fabrique.ouvrir(distribution).reference or ""
    trouve = distribution.client(fabrique.auteur).post("/recherche/", {"q": reference}).content.decode()
    rien = distribution.client(fabrique.etranger).post("/recherche/", {"q": reference}).content.decode()
    assert "Rien ne correspond" not in trouve
    assert "Rien ne correspond" in rien


@pytest.mark.parametrize(
    ("nom", "genre", "debut"),
    [("opj", "requisition", "/requisitions/nouvelle/"), ("usmp", "extraction", "/detenus/extraction/")],
)
def test_un_brouillon_sans_dossier_reprend_a_sa_page(
    distribution: Distribution, nom: str, genre: str, debut: str
) -> None:
    brouillon = commencer(genre=genre, acteur=distribution.acteur(nom))
    page = distribution.client(nom).get("/accueil/").content.decode()
    assert f"{debut}{brouillon.cle}/" in page


@pytest.mark.parametrize("nom", ["aide", "accessibilite", "donnees-personnelles", "etat"])
def test_les_pages_publiques_se_lisent_sans_compte(client: Any, db: None, nom: str) -> None:
    assert client.get(f"/{nom}/").status_code == 200
