"""SEC-23: a forgotten password, an invitation. The answer never tells who exists; a link serves once, for a while."""

import re

import pytest
from django.conf import settings as reglages
from django.test import Client

from accounts.courriels import composer
from accounts.demonstration import MOT_DE_PASSE
from accounts.facteurs import en_a_un
from accounts.invitations import inviter
from accounts.models import User
from notifications.models import Envoi
from tests.accounts.identite import NOUVEAU, connecter, enroler, entre, plus_tard
from tests.distribution import Distribution
from tests.rapport import consigner

CHOIX = {"mot_de_passe": NOUVEAU, "confirmation": NOUVEAU}
PAGE = "/connexion/mot-de-passe/"


@pytest.fixture
def opj(distribution: Distribution) -> User:
    return distribution.utilisateur("opj")


@pytest.fixture
def recevoir(db: None, mailoutbox: list) -> object:
    """The link of the last e-mail of that kind, once the outbox has been carried out."""

    def lire(modele: str) -> str:
        composer(Envoi.objects.filter(charge__modele=modele).latest("pk").charge)
        adresse = re.search(r"https?://\S+", mailoutbox[-1].body).group()
        return adresse.removeprefix(reglages.ADRESSE_PUBLIQUE)

    return lire


def demander(courriel: str, client: Client | None = None) -> str:
    reponse = (client or Client()).post("/connexion/oubli/", {"courriel": courriel})
    assert reponse.status_code == 200
    return re.sub(r'value="[^"]{20,}"', "", reponse.content.decode())


def test_la_reponse_est_la_meme_pour_tous(opj: User, distribution: Distribution) -> None:
    suspendu = distribution.utilisateur("gendarme")
    User.objects.filter(pk=suspendu.pk).update(is_active=False)
    externe = User.objects.create_user("externe@demo.test", None, prenom="A", nom="B")
    adresses = [opj.courriel, "personne@demo.test", suspendu.courriel, externe.courriel, opj.courriel.upper()]
    reponses = {adresse: demander(adresse) for adresse in adresses}
    assert len(set(reponses.values())) == 1
    assert Envoi.objects.filter(sujet="compte.courriel").count() == 2, "seul le compte ouvert reçoit un lien"
    for _ in range(5):
        assert demander(opj.courriel) == reponses[opj.courriel], "freinée, la réponse ne change pas"
    assert Envoi.objects.filter(sujet="compte.courriel").count() == 3
    consigner("sec-23", cas=len(adresses), differences=len(set(reponses.values())) - 1)


def test_un_lien_ne_sert_qu_une_fois_et_garde_le_second_facteur(opj: User, recevoir: object, mailoutbox: list) -> None:
    enroler(opj)
    ouverte = connecter(opj)
    assert entre(ouverte)
    demander(opj.courriel)
    lien = recevoir("oubli")
    client, voleur = Client(), Client()
    for qui in (client, voleur):
        assert qui.get(lien)["Location"] == PAGE
    assert lien.split("/")[-2] not in client.get(PAGE).content.decode()
    assert client.post(PAGE, CHOIX)["Location"] == "/connexion/"
    assert "Ce lien ne sert plus" in voleur.post(PAGE, CHOIX).content.decode()
    assert "Ce lien ne sert plus" in Client().get(lien).content.decode()
    assert not entre(ouverte), "les sessions ouvertes sont fermées"
    assert not entre(client), "changer de mot de passe ne connecte pas"
    assert en_a_un(opj)
    recevoir("mot_de_passe")
    assert "vient de changer" in mailoutbox[-1].body
    opj.refresh_from_db()
    assert opj.check_password(NOUVEAU)


@pytest.mark.parametrize(
    ("modele", "valable", "perime"), [("oubli", 14.9, 15.1), ("invitation", 72 * 60 - 1, 72 * 60 + 1)]
)
def test_un_lien_a_une_fin(opj: User, recevoir: object, modele: str, valable: float, perime: float) -> None:
    if modele == "invitation":
        opj.set_unusable_password()
        inviter(utilisateur=opj)
    else:
        demander(opj.courriel)
    lien = recevoir(modele)
    with plus_tard(minutes=valable):
        tenu = Client()
        assert tenu.get(lien).status_code == 302
    with plus_tard(minutes=perime):
        assert Client().get(lien).status_code == 200
        assert "Ce lien ne sert plus" in tenu.post(PAGE, CHOIX).content.decode()


def test_un_lien_ne_vaut_que_pour_son_usage_et_son_compte(
    opj: User, distribution: Distribution, recevoir: object
) -> None:
    demander(opj.courriel)
    lien = recevoir("oubli")
    autre = distribution.utilisateur("soignante")
    essais = [
        lien.replace("/connexion/oubli/", "/invitation/"),
        lien.replace(str(opj.cle), str(autre.cle)),
        lien[:-2] + ("a/" if lien[-2] != "a" else "b/"),
        lien.replace(lien.split("/")[-2], "rien"),
        f"/connexion/oubli/{opj.cle}/{'a' * 400}/",
    ]
    assert [Client().get(essai).status_code for essai in essais] == [200] * len(essais)


def test_un_lien_meurt_avec_une_connexion_ou_une_suspension(opj: User, recevoir: object) -> None:
    demander(opj.courriel)
    lien = recevoir("oubli")
    User.objects.filter(pk=opj.pk).update(is_active=False)
    assert Client().get(lien).status_code == 200
    User.objects.filter(pk=opj.pk).update(is_active=True)
    assert Client().get(lien).status_code == 302
    connecter(opj)
    assert Client().get(lien).status_code == 200


def test_une_invitation_ouvre_le_compte_puis_exige_un_second_facteur(
    db: None, settings: object, recevoir: object, mailoutbox: list
) -> None:
    settings.MODE_DEMONSTRATION = False
    nouveau = User.objects.create_user("arrivant@demo.test", None, prenom="Ida", nom="Vasseur")
    inviter(utilisateur=nouveau)
    ancien = recevoir("invitation")
    nouveau.refresh_from_db()
    inviter(utilisateur=nouveau)
    assert Client().get(ancien).status_code == 200, "inviter à nouveau tue le premier lien"
    client = Client()
    client.get(recevoir("invitation"))
    corps = mailoutbox[-1].subject + mailoutbox[-1].body
    assert not any(mot in corps for mot in ("Ida", "Vasseur"))
    court = client.post(PAGE, {"mot_de_passe": "court", "confirmation": "court"}).content.decode()
    assert "12 à 128" in court
    assert client.post(PAGE, CHOIX).status_code == 302
    assert client.get("/accueil/")["Location"] == "/compte/verification/"
    assert not entre(client)


def test_on_n_invite_pas_qui_a_deja_un_mot_de_passe(opj: User) -> None:
    with pytest.raises(ValueError, match="Mot de passe oublié"):
        inviter(utilisateur=opj)


def test_ni_jeton_ni_adresse_ne_restent_dans_la_boite_d_envoi(opj: User) -> None:
    demander(opj.courriel)
    charge = Envoi.objects.get(sujet="compte.courriel").charge
    assert charge == {"modele": "oubli", "utilisateur": str(opj.cle)}


def test_l_oubli_sans_lien_ne_montre_rien(db: None) -> None:
    assert "Ce lien ne sert plus" in Client().get(PAGE).content.decode()
    assert "Ce lien ne sert plus" in Client().post(PAGE, CHOIX).content.decode()
    assert MOT_DE_PASSE not in Client().get(PAGE).content.decode()
