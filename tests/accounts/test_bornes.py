"""SEC-19, 20, 21, 25: keys of sessions, clocks kept by the server, two sessions at most, step-up of five minutes."""

import time
from datetime import datetime

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings as reglages
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client, RequestFactory

from accounts import code_personnel
from accounts.elevation import DUREE, eleve
from accounts.models import User
from accounts.sessions import fermer_toutes
from journal.models import Entree
from tests.accounts.identite import (
    MOT_DE_PASSE,
    NOUVEAU,
    cle_de_session,
    code_de,
    connecter,
    enroler,
    entre,
    plus_tard,
    premier_facteur,
)
from tests.architecture.adresses import PUBLIQUES, adresses
from tests.distribution import Distribution
from tests.rapport import consigner


@pytest.fixture
def opj(distribution: Distribution) -> User:
    return distribution.utilisateur("opj")


def avec(cle: str) -> Client:
    """A browser that presents that session key."""
    client = Client()
    client.cookies["tdu_session"] = cle
    return client


def test_une_ancienne_cle_de_session_ne_sert_plus(opj: User) -> None:
    """The matrix of SEC-19: each way a key must die, then its reuse."""
    mortes: dict[str, str] = {}
    fixe = Client()
    fixe.get("/connexion/oubli/")
    session = fixe.session
    session["pose"] = "par un tiers"
    session.save()
    fixe.cookies["tdu_session"] = session.session_key
    connecter(opj, fixe)
    mortes["fixée avant la connexion"] = session.session_key
    enroler(opj)
    client = premier_facteur(opj)
    mortes["entre les deux facteurs"] = cle_de_session(client)
    client.post("/connexion/code/", {"code": code_de(opj)})
    mortes["avant une preuve nouvelle"] = cle_de_session(client)
    with plus_tard(minutes=1):
        client.post("/confirmer/", {"code": code_de(opj)})
    assert entre(client)
    mortes["déconnexion"] = cle_de_session(client)
    client.post("/deconnexion/")
    with plus_tard(minutes=2):
        client = connecter(opj)
    mortes["mot de passe changé ailleurs"] = cle_de_session(client)
    opj.set_password(NOUVEAU)
    opj.save()
    assert [raison for raison, cle in mortes.items() if entre(avec(cle))] == []
    with plus_tard(minutes=3):
        client = premier_facteur(opj, NOUVEAU)
        client.post("/connexion/code/", {"code": code_de(opj)})
    mortes["suspension"] = cle_de_session(client)
    User.objects.filter(pk=opj.pk).update(is_active=False)
    reprises = [raison for raison, cle in mortes.items() if entre(avec(cle))]
    assert reprises == []
    consigner("sec-19", cles=len(mortes), reprises=len(reprises))


def test_le_cookie_de_session_est_ferme_et_imprevisible(opj: User) -> None:
    client = connecter(opj)
    biscuit = client.cookies["tdu_session"]
    assert biscuit["httponly"]
    assert biscuit["samesite"] in {"Lax", "Strict"}
    assert len(biscuit.value) >= 32
    production = (reglages.RACINE / "config/settings/production.py").read_text()
    assert 'SESSION_COOKIE_NAME = "__Host-tdu_session"' in production
    assert "SESSION_COOKIE_SECURE = True" in production
    assert "MODE_DEMONSTRATION:" not in production, "la production démarre aussi hors démonstration"


def test_partir_efface_ce_que_le_navigateur_gardait(opj: User) -> None:
    client = connecter(opj)
    reponse = client.post("/deconnexion/")
    assert reponse["Clear-Site-Data"] == '"cache", "storage"'
    assert not UserSession.objects.filter(user=opj).exists()


def test_un_sondage_de_fond_ne_prolonge_rien(distribution: Distribution) -> None:
    """One page or another is asked each minute, as a script would: the screen locks at fifteen minutes all the same."""
    client = distribution.client("soignante")
    client.get("/compte/")
    chemins = [
        a.visite({})
        for a in adresses()
        if a.nom not in PUBLIQUES and not a.nom.startswith(("accounts:", "account_", "mfa_"))
    ]
    entetes = [{"x-requested-with": "fetch"}, {"hx-request": "true"}, {"sec-fetch-mode": "cors"}]
    for minute in range(1, 15):
        with plus_tard(minutes=minute):
            for rang in range(minute - 1, len(chemins), 14):
                client.get(chemins[rang], headers=entetes[rang % 3])
    with plus_tard(minutes=15, seconds=2):
        depassements = int(entre(client))
    assert depassements == 0
    consigner("sec-20", adresses=len(chemins), depassements=depassements)


@pytest.mark.parametrize(("poste", "minutes"), [("partage", 5), ("personnel", 15), ("", 5)])
def test_un_poste_partage_se_verrouille_apres_cinq_minutes(opj: User, poste: str, minutes: int) -> None:
    client = Client()
    client.post("/connexion/", {"username": opj.courriel, "password": MOT_DE_PASSE, "poste": poste})
    with plus_tard(minutes=minutes, seconds=-2):
        assert client.get("/etat/", headers={"x-requested-with": "fetch"}).status_code in {200, 503}
        assert client.get("/recherche/", headers={"x-requested-with": "fetch"}).status_code == 200
    with plus_tard(minutes=minutes, seconds=2):
        assert client.get("/recherche/")["Location"] == "/verrouille/"


def test_la_page_annonce_le_verrou_de_la_session_et_non_le_sien(opj: User) -> None:
    client = connecter(opj)
    debut = client.session["activite"]
    with plus_tard(minutes=4):
        page = client.get("/compte/", headers={"x-requested-with": "fetch"}).content.decode()
    annonce = page[page.index("data-verrou-a=") + 15 :][:25]
    assert int(datetime.fromisoformat(annonce.split('"')[0]).timestamp()) == debut + 5 * 60 - 10


def test_deux_sessions_au_plus_la_plus_ancienne_se_ferme(opj: User) -> None:
    clients = []
    for heure in range(4):
        with plus_tard(minutes=heure):
            clients.append(connecter(opj))
    with plus_tard(minutes=4):
        assert [entre(client) for client in clients] == [False, False, True, True]
        assert UserSession.objects.filter(user=opj).count() == 2
        page = clients[3].get("/compte/").content.decode()
        assert page.count("Cette session") == 1
        assert page.count("Autre session") == 1


def test_chacun_ferme_ses_sessions_et_non_celles_d_autrui(opj: User, distribution: Distribution) -> None:
    un, deux = connecter(opj), connecter(opj)
    autre = connecter(distribution.utilisateur("soignante"))
    siennes = UserSession.objects.get(session_key=cle_de_session(un))
    assert autre.post(f"/compte/sessions/{siennes.pk}/fermer/").status_code == 404
    assert entre(un)
    deux.post(f"/compte/sessions/{siennes.pk}/fermer/")
    assert [entre(un), entre(deux)] == [False, True]
    trois = connecter(opj)
    assert deux.post("/compte/sessions/fermer/")["Location"] == "/connexion/"
    restantes = [entre(un), entre(deux), entre(trois)].count(True)
    assert restantes == 0
    assert entre(autre)
    consigner("sec-21", apres_tout_fermer=restantes)


def test_fermer_toutes_les_sessions_vaut_aussi_pour_celles_qui_ne_sont_pas_listees(
    opj: User, distribution: Distribution
) -> None:
    client = distribution.client("opj")
    assert entre(client)
    fermer_toutes(utilisateur=opj)
    assert not entre(client)


@pytest.mark.parametrize(("age", "ouvre"), [(DUREE - 1, True), (DUREE, True), (DUREE + 1, False), (None, False)])
def test_un_acte_grave_demande_une_preuve_de_cinq_minutes_au_plus(age: int | None, ouvre: bool) -> None:
    request = RequestFactory().get("/exports/tout/?annee=2026")
    request.session = {} if age is None else {"eleve_le": int(time.time()) - age}
    vue = eleve(lambda r: HttpResponse("ouvert"))
    with plus_tard(seconds=0):
        reponse = vue(request)
    assert (reponse.status_code == 200) is ouvre
    if not ouvre:
        assert reponse["Location"] == "/confirmer/?next=%2Fexports%2Ftout%2F%3Fannee%3D2026"


def test_chaque_geste_de_compte_demande_une_preuve_recente(opj: User) -> None:
    """At 4:59 and at 5:01 of the proof, for each act on the account."""
    enroler(opj)
    actes = ["/compte/mot-de-passe/", "/compte/code-personnel/", "/compte/verification/application/"]
    actes += ["/compte/verification/cle/", "/compte/verification/codes/", "/compte/verification/0/retirer/"]
    client = connecter(opj)
    fausses = 0
    for secondes, renvoye in ((299, False), (301, True)):
        with plus_tard(seconds=10):
            session = client.session
            session["eleve_le"] = int(time.time()) - secondes
            session.save()
            for acte in actes:
                reponse = client.post(acte) if "retirer" in acte else client.get(acte)
                fausses += reponse.headers.get("Location", "").startswith("/confirmer/") is not renvoye
    assert fausses == 0
    consigner("sec-25", actes=len(actes), bornes=2, decisions_fausses=fausses)


def test_la_preuve_est_le_second_facteur_quand_il_existe(opj: User) -> None:
    client = connecter(opj)
    with plus_tard(minutes=4, seconds=50):
        client.get("/recherche/")
    with plus_tard(minutes=6):
        assert client.get("/compte/mot-de-passe/")["Location"].startswith("/confirmer/")
        faux = client.post("/confirmer/", {"mot_de_passe": "faux"}).content.decode()
        assert "Mot de passe incorrect" in faux
        suite = client.post("/confirmer/?next=/compte/mot-de-passe/", {"mot_de_passe": MOT_DE_PASSE})
        assert suite["Location"] == "/compte/mot-de-passe/"
        enroler(opj)
        session = client.session
        session["eleve_le"] = 0
        session.save()
        refuse = client.post("/confirmer/", {"mot_de_passe": MOT_DE_PASSE})
        assert refuse.status_code == 200, "le mot de passe ne vaut plus preuve"
        assert client.post("/confirmer/", {"code": code_de(opj)})["Location"] == "/compte/"


@pytest.mark.parametrize(
    "ailleurs", ["https://ailleurs.test/", "//ailleurs.test/x", "javascript:alert(1)", "\\\\ailleurs.test"]
)
def test_une_preuve_ne_mene_pas_ailleurs(opj: User, ailleurs: str) -> None:
    client = connecter(opj)
    reponse = client.post("/confirmer/", {"mot_de_passe": MOT_DE_PASSE, "next": ailleurs})
    assert reponse["Location"] == "/compte/"
    sortie = Client()
    retour = sortie.post("/connexion/", {"username": opj.courriel, "password": MOT_DE_PASSE, "next": ailleurs})
    assert retour["Location"] == "/"


def test_le_code_personnel_reprend_trois_essais_et_trente_minutes(opj: User) -> None:
    code_personnel.choisir(opj, "804193")
    assert opj.code_personnel.split("$")[0] == "md5", "le hacheur des essais ; celui de production est Argon2"
    client = connecter(opj)
    client.post("/masquer/", headers={"referer": "http://testserver/recherche/"})
    page = client.get("/verrouille/").content.decode()
    assert "Code de reprise de" in page
    assert (
        "Il reste 2\u00a0essais, puis il faudra vous reconnecter"
        in client.post("/verrouille/", {"code": "000000"}).content.decode()
    )
    assert client.post("/verrouille/", {"password": MOT_DE_PASSE}).status_code == 200
    assert client.post("/verrouille/", {"code": "804193"})["Location"] == "/recherche/"
    client.post("/masquer/", headers={"referer": "http://testserver/recherche/"})
    for _ in range(2):
        assert client.post("/verrouille/", {"code": "000000"}).status_code == 200
    assert client.post("/verrouille/", {"code": "000000"})["Location"] == "/connexion/"
    assert not entre(client)
    assert connecter(opj, client).session["_auth_user_id"]


def test_le_code_personnel_ne_vaut_plus_apres_trente_minutes(opj: User) -> None:
    code_personnel.choisir(opj, "804193")
    client = connecter(opj)
    client.post("/masquer/")
    with plus_tard(minutes=29, seconds=50):
        assert client.get("/verrouille/").status_code == 200
    with plus_tard(minutes=30, seconds=2):
        assert client.post("/verrouille/", {"code": "804193"})["Location"] == "/connexion/"
    assert Entree.objects.filter(contenu__contains="accounts:fin_de_session").exists()


def test_le_code_personnel_n_est_jamais_un_facteur(opj: User, settings: object) -> None:
    settings.MODE_DEMONSTRATION = False
    code_personnel.choisir(opj, "804193")
    enroler(opj)
    client = premier_facteur(opj)
    assert client.post("/connexion/code/", {"code": "804193"}).status_code == 200
    assert not entre(client)
    assert code_personnel.confirme(opj, "804193")
    assert not code_personnel.confirme(opj, "804194")
    for _ in range(5):
        code_personnel.confirme(opj, "111111")
    assert not code_personnel.confirme(opj, "804193"), "cinq essais, puis l’attente"


def test_un_code_facile_est_refuse(opj: User) -> None:
    client = connecter(opj)
    for facile in ("123456", "654321", "000000", "112112", "135791", "12345", "abcdef", "１２３４５６"):
        assert client.post("/compte/code-personnel/", {"code": facile}).status_code == 200, facile
    assert client.post("/compte/code-personnel/", {"code": "804193"}).status_code == 302
    opj.refresh_from_db()
    assert code_personnel.est_juste(opj, "804193")
    client.post("/compte/code-personnel/", {"geste": "retirer"})
    opj.refresh_from_db()
    assert opj.code_personnel == ""


def test_la_meme_personne_reprend_sa_page_et_nulle_autre(opj: User, distribution: Distribution) -> None:
    autre = distribution.utilisateur("soignante")
    for suivant, attendu in ((opj, "/recherche/?q=RJ"), (autre, "/")):
        client = connecter(opj)
        with plus_tard(hours=11):
            assert client.get("/recherche/?q=RJ")["Location"] == "/connexion/"
            reponse = client.post("/connexion/", {"username": suivant.courriel, "password": MOT_DE_PASSE})
            assert reponse["Location"] == attendu
            assert client.post("/deconnexion/").status_code == 302
            encore = client.post("/connexion/", {"username": opj.courriel, "password": MOT_DE_PASSE})
            assert encore["Location"] == "/", "la page n’est rendue qu’une fois"
    assert Session.objects.exists()


def test_les_pas_d_une_connexion_sont_au_journal(opj: User, settings: object) -> None:
    settings.MODE_DEMONSTRATION = False
    enroler(opj)
    client = Client()
    client.post("/connexion/", {"username": opj.courriel, "password": "faux-et-archi-faux"})
    premier_facteur(opj, client=client)
    client.post("/connexion/code/", {"code": "000000"})
    client.post("/connexion/code/", {"code": code_de(opj)})
    client.post("/deconnexion/")
    suite = [(e.action, e.objet, e.resultat) for e in Entree.objects.order_by("pk") if e.objet.startswith("accounts:")]
    assert suite == [
        ("se_connecter", "accounts:connexion", "refuse"),
        ("agir", "accounts:connexion", "fait"),
        ("se_connecter", "accounts:code", "refuse"),
        ("se_connecter", "accounts:code", "fait"),
        ("agir", "accounts:deconnexion", "fait"),
    ]
