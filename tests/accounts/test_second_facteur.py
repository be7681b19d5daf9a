"""SEC-15 and SEC-16: nothing opens without a second factor outside a demonstration, and a code serves once."""

import base64
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings as reglages
from django.db import connection
from django.test import Client
from django.urls import get_resolver

from accounts import facteurs
from accounts.courriels import composer
from accounts.facteurs import code_du_pas
from accounts.invitations import inviter
from accounts.models import User
from convention import sceau_facteurs
from convention.sceau_facteurs import AdaptateurFacteurs
from notifications.models import Envoi
from tests.accounts.identite import (
    GRAINE,
    MOT_DE_PASSE,
    NOUVEAU,
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

# RFC 6238, appendix B, SHA-1, last six digits.
VECTEURS = {
    59: "287082",
    1111111109: "081804",
    1111111111: "050471",
    1234567890: "005924",
    2000000000: "279037",
    20000000000: "353130",
}
# What a person without a second factor reaches: its enrolment, and the ways out.
SANS_FACTEUR = {f"accounts:{nom}" for nom in ("facteurs", "application", "cle", "elever")}
# Posted from there: they answer 405 to a reading.
EN_POST = {"accounts:deconnexion", "accounts:masquer", "accounts:prolonger"}


@pytest.fixture
def reel(settings: object) -> None:
    settings.MODE_DEMONSTRATION = False


@pytest.fixture
def opj(distribution: Distribution) -> User:
    return distribution.utilisateur("opj")


def lien(envoi: Envoi, mailoutbox: list) -> str:
    composer(envoi.charge)
    return next(mot for mot in mailoutbox[-1].body.split() if mot.startswith("http")).removeprefix(
        reglages.ADRESSE_PUBLIQUE
    )


def ouvertes(client: Client) -> set[str]:
    """The names of the addresses that this browser may open, public ones left out."""
    trouvees = set()
    for adresse in adresses():
        if adresse.nom in PUBLIQUES or adresse.nom.startswith(("accounts:lien_", "account_", "mfa_")):
            continue
        if adresse.nom == "accounts:verrouille":  # opening it locks, and the rest of the walk would prove nothing
            continue
        reponse = client.get(adresse.visite({}))
        renvoi = reponse.status_code == 302 and reponse["Location"].split("?")[0] in {
            "/connexion/",
            "/compte/verification/",
        }
        if not renvoi:
            trouvees.add(adresse.nom)
    return trouvees


def test_apres_le_premier_facteur_seul_aucune_adresse_ne_s_ouvre(reel: None, opj: User) -> None:
    enroler(opj)
    client = premier_facteur(opj)
    assert "_auth_user_id" not in client.session
    atteintes = ouvertes(client)
    assert atteintes == set()
    consigner("sec-15-premier-facteur", adresses=len(adresses()), atteintes=len(atteintes))


def test_sans_second_facteur_on_n_atteint_que_son_enrolement(reel: None, opj: User) -> None:
    client = premier_facteur(opj)
    assert client.get("/accueil/")["Location"] == "/compte/verification/"
    atteintes = ouvertes(client)
    assert atteintes == SANS_FACTEUR | EN_POST
    consigner("sec-15-sans-facteur", adresses=len(adresses()), atteintes=len(atteintes - SANS_FACTEUR - EN_POST))


def test_un_enrolement_ouvre_le_produit_avec_dix_codes_de_secours(reel: None, opj: User) -> None:
    client = premier_facteur(opj)
    page = client.get("/compte/verification/application/").content.decode()
    secret = AdaptateurFacteurs().decrypt(client.session["graine"])
    assert secret not in str(dict(client.session))
    assert all(f">{secret[i : i + 4]}<" in page for i in range(0, 32, 4))
    assert "ne correspond pas" in client.post("/compte/verification/application/", {"code": "000000"}).content.decode()
    juste = code_du_pas(secret, int(time.time()) // 30)
    assert (
        client.post("/compte/verification/application/", {"code": juste})["Location"] == "/compte/verification/codes/"
    )
    codes = facteurs.codes_restants(opj)
    montres = client.get("/compte/verification/codes/").content.decode()
    assert len(codes) == 10
    assert all(code in montres for code in codes)
    assert client.post("/compte/verification/codes/").status_code == 302
    assert codes[0] not in client.get("/compte/verification/codes/").content.decode()
    assert entre(client)
    ailleurs = premier_facteur(opj)
    assert ailleurs.post("/connexion/code/", {"code": juste}).status_code == 200, "le code de l’enrôlement resservirait"


def chemins(opj: User, mailoutbox: list) -> dict[str, Client]:
    """Every path to a session, walked as far as it goes without a second factor."""
    enroler(opj)
    RecoveryCodes.activate(opj)
    parcours = {"mot de passe": premier_facteur(opj)}
    Client().post("/connexion/oubli/", {"courriel": opj.courriel})
    oubli = Client()
    oubli.get(lien(Envoi.objects.filter(charge__modele="oubli").latest("pk"), mailoutbox))
    oubli.post("/connexion/mot-de-passe/", {"mot_de_passe": NOUVEAU, "confirmation": NOUVEAU})
    parcours["oubli"] = premier_facteur(opj, NOUVEAU, oubli)
    opj.refresh_from_db()
    opj.set_unusable_password()
    inviter(utilisateur=opj)
    invite = Client()
    invite.get(lien(Envoi.objects.filter(charge__modele="invitation").latest("pk"), mailoutbox))
    autre = "cinq moulins tournent lentement"
    invite.post("/connexion/mot-de-passe/", {"mot_de_passe": autre, "confirmation": autre})
    parcours["invitation"] = invite
    force = Client()
    opj.refresh_from_db()
    force.force_login(opj, backend="accounts.connexion.CourrielBackend")
    parcours["session sans preuve"] = force
    return parcours


def test_aucun_chemin_vers_une_session_ne_passe_le_second_facteur(reel: None, opj: User, mailoutbox: list) -> None:
    parcours = chemins(opj, mailoutbox)
    passes = [nom for nom, client in parcours.items() if entre(client)]
    assert passes == []
    assert facteurs.en_a_un(opj), "ni l’oubli ni l’invitation ne retirent le second facteur"
    for nom in ("oubli", "invitation"):
        client = parcours[nom]
        secours = facteurs.codes_restants(opj)[0]
        if client.get("/connexion/code/").status_code == 200:
            assert client.post("/connexion/code/", {"code": secours}).status_code == 302
            assert entre(client)
            assert secours not in facteurs.codes_restants(opj)
    consigner("sec-15-chemins", chemins=len(parcours), sans_second_facteur=len(passes))


def test_un_mot_de_passe_change_entre_les_deux_facteurs_fait_recommencer(reel: None, opj: User) -> None:
    enroler(opj)
    client = premier_facteur(opj)
    opj.set_password(NOUVEAU)
    opj.save()
    assert client.post("/connexion/code/", {"code": code_de(opj)})["Location"] == "/connexion/"
    assert not entre(client)


def test_un_compte_suspendu_entre_les_deux_facteurs_n_entre_pas(reel: None, opj: User) -> None:
    enroler(opj)
    client = premier_facteur(opj)
    User.objects.update(is_active=False)
    assert client.post("/connexion/code/", {"code": code_de(opj)})["Location"] == "/connexion/"


def test_le_dernier_facteur_ne_se_retire_pas(reel: None, opj: User) -> None:
    facteur = enroler(opj)
    client = connecter(opj)
    client.post(f"/compte/verification/{facteur.pk}/retirer/")
    assert facteurs.en_a_un(opj)


def test_on_ne_retire_pas_le_facteur_d_autrui(opj: User, distribution: Distribution) -> None:
    facteur = enroler(opj)
    autre = connecter(distribution.utilisateur("soignante"))
    assert autre.post(f"/compte/verification/{facteur.pk}/retirer/").status_code == 404
    assert facteurs.en_a_un(opj)


@pytest.mark.django_db
def test_aucune_autre_adresse_de_allauth_n_existe() -> None:
    noms = {adresse.nom for adresse in adresses()}
    assert {nom for nom in noms if nom.startswith(("account_", "mfa_", "usersessions_", "socialaccount_"))} == {
        "account_login",
        "mfa_authenticate",
    }
    vues = [motif.callback.__module__ for motif in _motifs(get_resolver().url_patterns) if motif.callback]
    assert [vue for vue in vues if vue.startswith("allauth")] == []
    for chemin in ("/accounts/login/", "/accounts/signup/", "/signup/", "/accounts/2fa/", "/accounts/password/reset/"):
        assert Client().get(chemin).status_code == 404, chemin


def _motifs(motifs: list) -> list:
    return [
        fin for motif in motifs for fin in (_motifs(motif.url_patterns) if hasattr(motif, "url_patterns") else [motif])
    ]


def test_les_vecteurs_de_la_norme() -> None:
    for instant, code in VECTEURS.items():
        assert code_du_pas(GRAINE, instant // 30) == code
        with time_machine.travel(instant, tick=False):
            assert facteurs.pas_du_code(GRAINE, code) == instant // 30


def test_seuls_le_pas_present_et_le_precedent_sont_acceptes() -> None:
    with time_machine.travel(1_800_000_015, tick=False):
        pas = 1_800_000_015 // 30
        acceptes = [d for d in range(-5, 6) if facteurs.pas_du_code(GRAINE, code_du_pas(GRAINE, pas + d)) is not None]
    assert acceptes == [-1, 0]


def test_la_graine_et_les_codes_sont_scelles_au_repos(opj: User) -> None:
    enroler(opj)
    seme = RecoveryCodes.activate(opj).instance
    with connection.cursor() as curseur:
        curseur.execute("SELECT data::text FROM mfa_authenticator")
        brut = " ".join(ligne for (ligne,) in curseur.fetchall())
    assert GRAINE not in brut
    assert AdaptateurFacteurs().decrypt(seme.data["seed"]) not in brut
    assert not any(code in brut for code in facteurs.codes_restants(opj))


@pytest.mark.django_db(transaction=True)
def test_un_code_rejoue_deux_cents_fois_en_parallele_ne_sert_qu_une_fois() -> None:
    opj = User.objects.create_user("rejeu@demo.test", MOT_DE_PASSE, prenom="A", nom="B")
    enroler(opj)
    code = code_de(opj)

    def rejouer(_: int) -> bool:
        try:
            return facteurs.verifier_code(opj, code)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as fils:
        resultats = list(fils.map(rejouer, range(201)))
    assert resultats.count(True) == 1
    consigner("sec-16-rejeux", essais=200, acceptes=resultats.count(True) - 1)


@pytest.mark.django_db(transaction=True)
def test_un_code_de_secours_ne_sert_qu_une_fois_meme_en_parallele() -> None:
    opj = User.objects.create_user("secours@demo.test", MOT_DE_PASSE, prenom="A", nom="B")
    enroler(opj)
    RecoveryCodes.activate(opj)
    code = facteurs.codes_restants(opj)[3]

    def rejouer(_: int) -> bool:
        try:
            return facteurs.verifier_code(opj, code)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as fils:
        assert list(fils.map(rejouer, range(24))).count(True) == 1


def test_cinq_codes_faux_font_attendre_puis_le_bon_passe(reel: None, opj: User) -> None:
    enroler(opj)
    client = premier_facteur(opj)
    phrases = []
    for _ in range(6):
        phrases.append(client.post("/connexion/code/", {"code": "000000"}).content.decode())
    attendus = ["Il reste 4\u00a0essais", "Il reste 3\u00a0essais", "Il reste 2\u00a0essais", "Il reste 1\u00a0essai."]
    assert [attendu in phrase for attendu, phrase in zip(attendus, phrases, strict=False)] == [True] * 4
    assert all("attendez 10\u00a0minutes" in phrase for phrase in phrases[4:])
    assert client.post("/connexion/code/", {"code": code_de(opj)}).status_code == 200, (
        "pendant l’attente, rien ne passe"
    )
    with plus_tard(minutes=11):
        client = premier_facteur(opj)
        assert client.post("/connexion/code/", {"code": code_de(opj)}).status_code == 302
        assert entre(client)
    consigner("sec-16-force-brute", essais_avant_attente=5)


def test_renouveler_les_codes_tue_les_anciens(opj: User) -> None:
    enroler(opj)
    client = connecter(opj)
    RecoveryCodes.activate(opj)
    anciens = facteurs.codes_restants(opj)
    client.post("/compte/verification/codes/", {"geste": "renouveler"})
    nouveaux = facteurs.codes_restants(opj)
    assert len(nouveaux) == 10
    assert not set(anciens) & set(nouveaux)
    assert not facteurs.verifier_code(opj, anciens[0])
    assert all(a != b for a, b in pairwise(nouveaux))


def test_une_reponse_de_cle_illisible_est_refusee_sans_panne(reel: None, opj: User) -> None:
    Authenticator.objects.create(user=opj, type="totp", data={"secret": AdaptateurFacteurs().encrypt(GRAINE)})
    client = premier_facteur(opj)
    client.get("/connexion/code/")
    for reponse in ("{}", "[]", "5", '"a"', "[" * 100_000, '{"id":"a","rawId":"a","response":{},"type":"x"}', "{"):
        page = client.post("/connexion/code/", {"cle": reponse})
        assert page.status_code == 200, reponse[:40]
    assert not entre(client)


def test_une_nouvelle_cle_maitresse_garde_les_facteurs(opj: User, settings: object) -> None:
    cles = {nom: f"{nom}:{base64.b64encode(bytes([rang]) * 32).decode()}" for rang, nom in enumerate(("k1", "k2"), 1)}
    settings.CLE_MAITRESSE = cles["k1"]
    enroler(opj)
    RecoveryCodes.activate(opj)
    codes = facteurs.codes_restants(opj)
    settings.CLE_MAITRESSE = f"{cles['k2']}\n{cles['k1']}"
    assert sceau_facteurs.restes() == {"k1"}
    assert (sceau_facteurs.tourner(), sceau_facteurs.tourner()) == (2, 0)
    assert sceau_facteurs.restes() == set()
    settings.CLE_MAITRESSE = cles["k2"]
    assert facteurs.verifier_code(opj, code_de(opj))
    assert facteurs.codes_restants(opj) == codes
