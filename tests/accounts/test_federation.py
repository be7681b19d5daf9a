"""SEC-24: an institution's provider says who somebody is, in one way out of the many that look like it."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client

from accounts.federation import fournisseurs, reseau
from accounts.federation.preuves import FERMETURE
from accounts.models import IdentiteFederee, JetonServi, User
from journal.models import Entree
from tests.accounts.fournisseur import SECRET, FournisseurDEssai, cle_rsa
from tests.accounts.identite import MOT_DE_PASSE, code_de, connecter, enroler, entre, plus_tard
from tests.accounts.parcours_federe import (
    PROCONNECT,
    PSC,
    a_la_main,
    alterer,
    avec,
    change,
    consentir,
    decale,
    hmac_de,
    ouverte,
    ouverte_puis_fermee,
    partir,
    passer,
    refusee,
    relier,
    sans,
)
from tests.distribution import Distribution
from tests.rapport import consigner


@pytest.fixture
def opj(distribution: Distribution) -> User:
    return distribution.utilisateur("opj")


def reponses_fausses(f: FournisseurDEssai, autre: FournisseurDEssai) -> dict[str, dict[str, Any]]:
    """Answers that a provider must never give: by name, the attributes of the provider that make them."""
    pem = f.cle.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    evenement = {FERMETURE: {}}
    return {
        "alg none": {"sceller": lambda lu: jwt.encode(lu, None, "none", headers={"kid": f.kid})},
        "HS256 par la clé publique": {"sceller": hmac_de(pem, f.kid)},
        "HS256 par le secret": {"sceller": hmac_de(SECRET.encode(), f.kid)},
        "RS512": {"sceller": lambda lu: jwt.encode(lu, f.cle, "RS512", headers={"kid": f.kid})},
        "entête critique": {"sceller": lambda lu: f.signer(lu, crit=["b64"], b64=True)},
        "aud d’un autre": {"identite": avec(aud="un-autre-client")},
        "deux aud sans azp": {"identite": avec(aud=[f.client, "un-autre-client"])},
        "azp d’un autre": {"identite": avec(azp="un-autre-client")},
        "iss d’un autre": {"identite": avec(iss=autre.adresse)},
        "périmée": {"identite": decale(iat=-600, exp=-60)},
        "sans fin": {"identite": sans("exp")},
        "pas encore valable": {"identite": decale(nbf=120)},
        "émise demain": {"identite": decale(iat=86400, exp=90000)},
        "sans sub": {"identite": sans("sub")},
        "sub qui n’est pas un texte": {"identite": avec(sub=["personne-1"])},
        "sub d’un autre au profil": {"profil": avec(sub="personne-2")},
        "nonce ancien": {"identite": avec(nonce="n" * 48)},
        "sans nonce": {"identite": sans("nonce")},
        "kid inconnu": {"sceller": lambda lu: f.signer(lu, kid="inconnue")},
        "clé de l’autre fournisseur": {
            "sceller": lambda lu: jwt.encode(lu, autre.cle, "RS256", headers={"kid": f.kid})
        },
        "signature altérée": {"sceller": lambda lu: alterer(f.signer(lu))},
        "at_hash d’un autre jeton": {"identite": avec(at_hash="A" * 22)},
        "jeton de fermeture": {"identite": avec(events=evenement)},
        "sans id_token": {"jetons": sans("id_token")},
        "sans access_token": {"jetons": sans("access_token")},
        "illisible": {"sceller": lambda lu: "trois.morceaux.faux"},
        "profil sans signature": {"sceller_profil": json.dumps},
        "profil d’une autre clé": {"sceller_profil": lambda lu: jwt.encode(lu, autre.cle, "RS256", {"kid": f.kid})},
        "profil pour un autre": {"profil": avec(aud="un-autre-client")},
        "personne inconnue": {"sujet": "personne-9"},
        "même adresse électronique": {
            "sujet": "personne-8",
            "profil": avec(email="opj@demo.test", email_verified=True),
        },
        "erreur": {"erreur": "access_denied"},
        "panne": {"statuts": {"/token": 500}},
        "renvoi": {"statuts": {"/token": 307}},
        "profil en panne": {"statuts": {"/userinfo": 503}},
        "trop longue": {"jetons": avec(reste="x" * (reseau.TAILLE + 1))},
        "sans clés": {"statuts": {"/jwks": 404}},
        "annonce d’un autre": {"annonce": avec(issuer="https://ailleurs.test")},
        "jeton demandé ailleurs": {"annonce": avec(token_endpoint="https://ailleurs.test/token")},
    }


def manoeuvres(f: FournisseurDEssai, autre: FournisseurDEssai) -> dict[str, Callable[[Client], Any]]:
    """Returns that a browser must never make, from an honest provider."""

    def code_rejoue(client: Client) -> Any:
        premier = consentir(partir(client))
        code = dict(parse_qsl(urlsplit(premier).query))["code"]
        assert ouverte_puis_fermee(client, premier)
        return client.get(change(consentir(partir(client)), code=code))

    def etat_rejoue(client: Client) -> Any:
        retour = consentir(partir(client))
        assert ouverte_puis_fermee(client, retour)
        return client.get(retour)

    def autre_session(client: Client) -> Any:
        partir(client)
        return client.get(consentir(partir(Client())))

    def code_de_l_autre(client: Client) -> Any:
        code = dict(parse_qsl(urlsplit(consentir(partir(Client(), PSC))).query))["code"]
        return client.get(change(consentir(partir(client)), code=code))

    def retour_chez_l_autre(client: Client) -> Any:
        return client.get(consentir(partir(client)).replace(f"/{PROCONNECT}/", f"/{PSC}/"))

    def tard(client: Client) -> Any:
        retour = consentir(partir(client))
        with plus_tard(minutes=11):
            return client.get(retour)

    return {
        "code rejoué": code_rejoue,
        "état rejoué": etat_rejoue,
        "état d’une autre session": autre_session,
        "sans état": lambda client: client.get(change(consentir(partir(client)), state=None)),
        "état double": lambda client: client.get(consentir(partir(client)) + "&state=autre"),
        "code de l’autre fournisseur": code_de_l_autre,
        "retour chez l’autre": retour_chez_l_autre,
        "iss de l’autre": lambda client: client.get(change(consentir(partir(client)), iss=autre.adresse)),
        "sans code": lambda client: client.get(change(consentir(partir(client)), code=None)),
        "après dix minutes": tard,
        "sans départ": lambda client: client.get(f"/connexion/{PROCONNECT}/retour/?code=a&state=b"),
    }


def test_aucune_reponse_malformee_n_ouvre_une_session(deux: tuple[FournisseurDEssai, ...], opj: User) -> None:
    f, autre = deux
    relier(opj, f)
    f.amr = ["mfa"]
    resultats = {}
    for cas, defauts in reponses_fausses(f, autre).items():
        f.remettre()
        fournisseurs.oublier()
        for attribut, valeur in {"amr": ["mfa"], **defauts}.items():
            setattr(f, attribut, valeur)
        client = Client()
        depart = client.post(f"/connexion/{PROCONNECT}/")
        reponse = client.get(consentir(depart["Location"])) if depart.status_code == 302 else depart
        resultats[cas] = refusee(client, reponse)
    f.remettre()
    fournisseurs.oublier()
    f.amr = ["mfa"]
    for cas, manoeuvre in manoeuvres(f, autre).items():
        client = Client()
        resultats[cas] = refusee(client, manoeuvre(client))
    User.objects.filter(pk=opj.pk).update(is_active=False)
    client = Client()
    resultats["compte suspendu"] = refusee(client, passer(client))
    assert [cas for cas, refus in resultats.items() if not refus] == []
    assert len(resultats) >= 25
    assert IdentiteFederee.objects.count() == 1
    consigner("sec-24", reponses=len(resultats), refusees=sum(resultats.values()))


def test_la_bonne_reponse_entre_et_se_journalise(agents: FournisseurDEssai, opj: User) -> None:
    relier(opj, agents)
    agents.amr = ["mfa"]
    client = Client()
    assert passer(client, next="/recherche/?q=RJ", poste="personnel")["Location"] == "/recherche/?q=RJ"
    assert entre(client), "deux facteurs prouvés chez le fournisseur : le mur s’ouvre"
    assert client.session["poste"] == "personnel"
    assert agents.demandes.count("/token") == 1
    assert set(agents.demandes) <= {
        "/.well-known/openid-configuration",
        "/authorization",
        "/token",
        "/jwks",
        "/userinfo",
    }
    pas = [(e.action, e.objet, e.resultat) for e in Entree.objects.order_by("pk") if "federation" in e.objet]
    assert pas == [
        ("agir", "accounts:federation_partir", "fait"),
        ("se_connecter", "accounts:federation_retour", "fait"),
    ]
    agents.erreur = "access_denied"
    passer(Client())
    derniere = Entree.objects.order_by("pk").last()
    assert (derniere.action, derniere.resultat) == ("se_connecter", "refuse")


def test_le_fournisseur_qui_annonce_pkce_en_recoit_un(soignants: FournisseurDEssai, opj: User) -> None:
    relier(opj, soignants)
    soignants.acr = "eidas2"
    client = Client()
    adresse = partir(client, PSC)
    assert "code_challenge=" in adresse
    assert "claims=" not in adresse
    assert client.get(consentir(adresse)).status_code == 302
    assert entre(client)


def test_un_seul_facteur_chez_le_fournisseur_demande_le_notre(agents: FournisseurDEssai, opj: User) -> None:
    relier(opj, agents)
    client = Client()
    assert passer(client)["Location"] == "/"
    assert client.get("/recherche/")["Location"] == "/compte/verification/", "sans facteur à nous, on l’enrôle d’abord"
    enroler(opj)
    client = Client()
    assert passer(client)["Location"] == "/connexion/code/"
    assert not ouverte(client)
    assert client.post("/connexion/code/", {"code": code_de(opj)}).status_code == 302
    assert entre(client)
    agents.acr = "eidas3"
    client = Client()
    assert passer(client)["Location"] == "/"
    assert entre(client)
    reponse = client.get("/compte/mot-de-passe/")
    assert reponse["Location"].startswith("/confirmer/"), "la preuve du fournisseur peut dater : on redemande la nôtre"


def test_un_mot_de_passe_apres_une_connexion_federee_garde_son_second_facteur(
    agents: FournisseurDEssai, opj: User, distribution: Distribution
) -> None:
    relier(opj, agents)
    enroler(opj)
    agents.acr = "eidas3"
    client = Client()
    passer(client)
    client.post("/deconnexion/")
    reponse = client.post("/connexion/", {"username": opj.courriel, "password": MOT_DE_PASSE})
    assert reponse["Location"] == "/connexion/code/"
    assert not ouverte(client)


def test_sans_rattachement_on_ne_gagne_rien(agents: FournisseurDEssai, db: None) -> None:
    agents.amr = ["mfa"]
    vues = []
    for rang, par_fournisseur in enumerate((True, False)):
        personne = User.objects.create_user(f"seul{rang}@demo.test", MOT_DE_PASSE, prenom="A", nom="B")
        client = Client()
        if par_fournisseur:
            relier(personne, agents)
            passer(client)
        else:
            enroler(personne)
            connecter(personne, client)
        assert ouverte(client)
        vues.append([client.get(page).status_code for page in ("/accueil/", "/recherche/", "/bilan/", "/dossiers/")])
    assert vues[0] == vues[1]


def test_une_cle_renouvelee_est_relue_une_fois(agents: FournisseurDEssai, opj: User) -> None:
    relier(opj, agents)
    agents.amr = ["mfa"]
    passer(Client())
    agents.kid, agents.cle = "cle-nouvelle", cle_rsa(3)
    client = Client()
    assert refusee(client, passer(client)), "qui invente des clés ne nous fait pas redemander à chaque fois"
    with plus_tard(minutes=1):
        client = Client()
        passer(client)
        assert ouverte(client)
    assert agents.demandes.count("/jwks") == 2


def test_une_cle_trop_courte_est_refusee(agents: FournisseurDEssai, opj: User) -> None:
    relier(opj, agents)
    agents.amr = ["mfa"]
    agents.cle = cle_rsa(4, 1024)
    agents.sceller = agents.sceller_profil = a_la_main(
        "RS256", agents.kid, lambda corps: agents.cle.sign(corps, PKCS1v15(), SHA256())
    )
    client = Client()
    assert refusee(client, passer(client))
    agents.cle = cle_rsa(5, 2048)
    fournisseurs.oublier()
    passer(client)
    assert ouverte(client), "la même, assez longue, est la bonne"


def test_un_fournisseur_muet_laisse_le_mot_de_passe(
    agents: FournisseurDEssai, opj: User, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(reseau, "DELAI", 0.2)
    agents.muet = True
    client = Client()
    reponse = passer(client)
    assert "ne répond pas" in reponse.content.decode()
    assert refusee(client, reponse)
    agents.libre.set()
    agents.libre.clear()
    settings.FEDERATION = {PROCONNECT: {**agents.reglages(), "adresse": "http://127.0.0.1:9"}}
    reponse = client.post(f"/connexion/{PROCONNECT}/")
    assert "ne répond pas" in reponse.content.decode()
    assert client.post("/connexion/", {"username": opj.courriel, "password": MOT_DE_PASSE}).status_code == 302
    assert ouverte(client)


def test_ce_qui_a_servi_s_oublie_apres_un_jour(db: None) -> None:
    assert JetonServi.servir("jti", "a", "1")
    assert not JetonServi.servir("jti", "a", "1")
    assert JetonServi.servir("jti", "b", "1")
    with plus_tard(hours=25):
        assert JetonServi.servir("jti", "c", "1")
        assert JetonServi.objects.count() == 1
