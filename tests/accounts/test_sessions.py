"""Bounded sessions: idle time locks, ten hours end, « Masquer » locks at once and comes back where it was."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.models import User
from tests.distribution import Distribution

MOT_DE_PASSE = "demonstration-2025"


@pytest.fixture
def client_soignante(distribution: Distribution) -> Client:
    client = distribution.client("soignante")
    assert client.get("/compte/").status_code == 200
    return client


def plus_tard(**duree: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**duree), tick=False)


def test_quinze_minutes_sans_rien_masquent_l_ecran(client_soignante: Client) -> None:
    with plus_tard(minutes=14):
        assert client_soignante.get("/compte/").status_code == 200
    with plus_tard(minutes=14 + 16):
        reponse = client_soignante.get("/compte/")
    assert (reponse.status_code, reponse["Location"]) == (302, "/verrouille/")


def test_rester_connecte_repousse_le_masquage(client_soignante: Client) -> None:
    with plus_tard(minutes=14):
        assert client_soignante.post("/prolonger/").status_code == 204
    with plus_tard(minutes=28):
        assert client_soignante.get("/compte/").status_code == 200


def test_dix_heures_ferment_la_session_meme_active(client_soignante: Client) -> None:
    for minutes in range(10, 600, 10):
        with plus_tard(minutes=minutes):
            assert client_soignante.post("/prolonger/").status_code == 204
    with plus_tard(minutes=601):
        reponse = client_soignante.get("/compte/")
        assert (reponse.status_code, reponse["Location"]) == (302, "/connexion/")
        assert client_soignante.get("/compte/")["Location"].startswith("/connexion/")


def test_masquer_verrouille_et_revient_a_la_page(client_soignante: Client) -> None:
    reponse = client_soignante.post("/masquer/", headers={"referer": "http://testserver/recherche/"})
    assert reponse["Location"] == "/verrouille/"
    assert client_soignante.get("/accueil/")["Location"] == "/verrouille/"
    assert client_soignante.post("/prolonger/")["Location"] == "/verrouille/"
    refusee = client_soignante.post("/verrouille/", {"password": "faux"})
    assert "Mot de passe incorrect" in refusee.content.decode()
    assert client_soignante.get("/compte/")["Location"] == "/verrouille/"
    reprise = client_soignante.post("/verrouille/", {"password": MOT_DE_PASSE})
    assert reprise["Location"] == "/compte/"
    assert client_soignante.get("/compte/").status_code == 200


def test_masquer_n_emmene_pas_ailleurs(client_soignante: Client) -> None:
    client_soignante.post("/masquer/", headers={"referer": "https://ailleurs.test/piege/"})
    assert client_soignante.post("/verrouille/", {"password": MOT_DE_PASSE})["Location"] == "/"


def test_masquer_ne_se_fait_pas_par_un_lien(client_soignante: Client) -> None:
    assert client_soignante.get("/masquer/").status_code == 405
    assert client_soignante.get("/compte/").status_code == 200


def test_un_ecran_masque_laisse_partir(client_soignante: Client) -> None:
    client_soignante.post("/masquer/")
    assert client_soignante.post("/deconnexion/").status_code == 302
    assert client_soignante.get("/compte/")["Location"].startswith("/connexion/")


def test_un_ecran_masque_ne_montre_aucune_page(client_soignante: Client) -> None:
    client_soignante.post("/masquer/")
    for chemin in ("/", "/accueil/", "/recherche/", "/notifications/", "/journal/"):
        assert client_soignante.get(chemin)["Location"] == "/verrouille/", chemin


def test_on_se_connecte_par_son_adresse_quelle_que_soit_sa_casse(distribution: Distribution) -> None:
    distribution.utilisateur("opj")
    client = Client()
    reponse = client.post("/connexion/", {"username": " OPJ@Demo.test ", "password": MOT_DE_PASSE})
    assert reponse.status_code == 302
    assert client.get("/compte/").status_code == 200


@pytest.mark.parametrize("courriel", ["opj@demo.test", "inconnu@demo.test"])
def test_un_refus_de_connexion_ne_dit_pas_si_le_compte_existe(distribution: Distribution, courriel: str) -> None:
    distribution.utilisateur("opj")
    texte = Client().post("/connexion/", {"username": courriel, "password": "faux"}).content.decode()
    assert "Identifiant ou mot de passe incorrect" in texte


def test_un_compte_desactive_ne_se_connecte_ni_ne_reste(distribution: Distribution) -> None:
    client = distribution.client("opj")
    User.objects.filter(courriel="opj@demo.test").update(is_active=False)
    assert client.get("/compte/").status_code == 302
    reponse = Client().post("/connexion/", {"username": "opj@demo.test", "password": MOT_DE_PASSE})
    assert "Identifiant ou mot de passe incorrect" in reponse.content.decode()


def test_django_n_accorde_aucun_droit(distribution: Distribution) -> None:
    assert not distribution.utilisateur("soignante").has_perm("dossiers.voir_dossier")
    assert settings.AUTHENTICATION_BACKENDS == ["accounts.connexion.CourrielBackend"]


def test_deux_comptes_n_ont_pas_la_meme_adresse(distribution: Distribution) -> None:
    from django.db import IntegrityError, transaction

    distribution.utilisateur("opj")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(courriel="OPJ@demo.test", prenom="A", nom="B")


@pytest.mark.parametrize(("minutes", "porte"), [(30, "/verrouille/"), (601, "/connexion/")])
def test_un_envoi_sur_une_session_fermee_le_dit_et_rend_la_page(
    client_soignante: Client, minutes: int, porte: str, distribution: Distribution
) -> None:
    page = "/recherche/"
    with plus_tard(minutes=minutes):
        reponse = client_soignante.post(page, {"q": "RJ"}, headers={"referer": f"http://testserver{page}"})
        assert reponse["Location"] == porte
        assert "Votre envoi n’est pas parti" in client_soignante.get(porte).content.decode()
        identifiants = {"password": MOT_DE_PASSE}
        if porte == "/connexion/":
            identifiants["username"] = distribution.utilisateur("soignante").courriel
        assert client_soignante.post(porte, identifiants)["Location"] == page


def test_un_ecran_qui_se_masque_ou_un_enregistrement_de_fond_ne_disent_rien(client_soignante: Client) -> None:
    with plus_tard(minutes=30):
        client_soignante.post("/masquer/", headers={"referer": "http://testserver/compte/"})
        client_soignante.post("/recherche/", headers={"x-requested-with": "fetch"})
        assert "n’est pas parti" not in client_soignante.get("/verrouille/").content.decode()
