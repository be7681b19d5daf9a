"""SEC-18: guesses are braked per account and per address, nobody is locked out, and nothing tells who exists."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts import frein
from accounts.connexion import CourrielBackend
from accounts.forms import ConnexionForm
from accounts.models import Frein, User
from tests.accounts.identite import MOT_DE_PASSE, connecter, plus_tard
from tests.distribution import Distribution
from tests.rapport import consigner


@pytest.fixture
def opj(distribution: Distribution) -> User:
    return distribution.utilisateur("opj")


@pytest.fixture
def evalues(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The identifiers whose password was really compared."""
    vus: list[str] = []
    origine = CourrielBackend.authenticate

    def authentifier(self: CourrielBackend, request: object, username: str = "", **reste: object) -> User | None:
        vus.append(username)
        return origine(self, request, username=username, **reste)

    monkeypatch.setattr(CourrielBackend, "authenticate", authentifier)
    return vus


def deviner(courriel: str, adresse: str = "192.0.2.1", client: Client | None = None) -> str:
    client = client or Client()
    essai = {"username": courriel, "password": "faux-et-archi-faux"}
    return client.post("/connexion/", essai, REMOTE_ADDR=adresse).content.decode()


def tenter(courriel: str, adresse: str) -> None:
    """The form alone: what the page around it looks like does not count here."""
    request = RequestFactory().post("/connexion/", REMOTE_ADDR=adresse)
    assert not ConnexionForm({"username": courriel, "password": "faux-et-archi-faux"}, request=request).is_valid()


@pytest.mark.parametrize("adresses", [1, 50])
def test_mille_essais_en_une_heure_en_evaluent_vingt_au_plus(opj: User, evalues: list[str], adresses: int) -> None:
    """Throttled guesses are not compared; the person itself still enters, from the browser it knows."""
    sien = connecter(opj)
    sien.post("/deconnexion/")
    evalues.clear()
    debut = timezone.now()
    for rang in range(1000):
        with time_machine.travel(debut + timedelta(seconds=3.6 * rang), tick=False):
            tenter(opj.courriel, f"198.51.100.{rang % adresses}")
    assert evalues.count(opj.courriel) <= 20
    compares = evalues.count(opj.courriel)
    with time_machine.travel(debut + timedelta(hours=1), tick=False):
        assert "attendez" in deviner(opj.courriel)
        connecter(opj, sien)
    consigner(f"sec-18-{adresses}", essais=1000, adresses=adresses, evalues=compares, titulaire_entre=1)


def test_les_essais_restants_se_lisent_pareil_pour_un_inconnu(opj: User) -> None:
    def phrases(courriel: str) -> list[str]:
        pages = [deviner(courriel, "203.0.113.9").replace(courriel, "") for _ in range(7)]
        return [page[page.index("error-summary") : page.index("</ul>", page.index("error-summary"))] for page in pages]

    connues, inconnues = phrases(opj.courriel), phrases("personne@demo.test")
    assert connues == inconnues
    assert "Il reste 4\u00a0essais" in connues[0]
    assert "attendez 3\u00a0minutes" in connues[4]


def test_le_bon_mot_de_passe_ne_passe_pas_pendant_l_attente_mais_apres(opj: User) -> None:
    for _ in range(5):
        deviner(opj.courriel)
    bon = {"username": opj.courriel, "password": MOT_DE_PASSE}
    assert Client().post("/connexion/", bon).status_code == 200
    with plus_tard(minutes=4):
        assert Client().post("/connexion/", bon).status_code == 302


def test_l_attente_grandit_sans_jamais_devenir_definitive() -> None:
    attentes = [int(frein.COMPTE.attente(echecs).total_seconds()) for echecs in range(40)]
    assert attentes[:10] == [0, 0, 0, 0, 0, 180, 360, 720, 900, 900]
    assert max(attentes) == 900


def test_une_adresse_qui_essaie_tous_les_comptes_est_freinee(db: None, evalues: list[str]) -> None:
    for rang in range(120):
        tenter(f"agent{rang}@demo.test", "192.0.2.77")
    assert len(evalues) == frein.ADRESSE.essais
    assert "Il reste 4" in deviner("agent@demo.test", "192.0.2.78")


@pytest.mark.django_db(transaction=True)
def test_des_essais_simultanes_ne_partagent_pas_une_place() -> None:
    def prendre(_: int) -> bool:
        try:
            return frein.essayer("simultane", frein.FACTEUR).permis
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as fils:
        assert list(fils.map(prendre, range(40))).count(True) == frein.FACTEUR.essais


def test_un_inconnu_coute_le_meme_calcul_qu_un_connu(opj: User, monkeypatch: pytest.MonkeyPatch) -> None:
    calculs: list[str] = []
    from django.contrib.auth.hashers import MD5PasswordHasher

    origine = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda self, *a: calculs.append("calcul") or origine(self, *a))
    comptes = []
    for courriel in (opj.courriel, "personne@demo.test"):
        calculs.clear()
        deviner(courriel)
        comptes.append(len(calculs))
    User.objects.update(is_active=False)
    calculs.clear()
    deviner(opj.courriel)
    assert [*comptes, len(calculs)] == [1, 1, 1]


def test_la_table_du_frein_ne_nomme_personne(opj: User) -> None:
    deviner(opj.courriel)
    assert Frein.objects.exists()
    assert all(len(ligne.cle) == 64 and opj.courriel not in ligne.cle for ligne in Frein.objects.all())


def test_un_mot_de_passe_demesure_n_est_pas_calcule(opj: User, evalues: list[str]) -> None:
    page = Client().post("/connexion/", {"username": opj.courriel, "password": "a" * 100_000})
    assert "Identifiant ou mot de passe incorrect" in page.content.decode()
    assert evalues == []
