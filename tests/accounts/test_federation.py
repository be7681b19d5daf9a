"""SEC-24: an institution's provider says who somebody is, in one way out of the many that look like it."""

import hmac
import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings as reglages
from django.test import Client
from jwt.utils import base64url_encode

from accounts.federation import fournisseurs, reseau
from accounts.federation.preuves import FERMETURE
from accounts.models import IdentiteFederee, JetonServi, User
from journal.models import Entree
from notifications.models import Envoi
from tests.accounts.fournisseur import SECRET, Claims, FournisseurDEssai, cle_rsa
from tests.accounts.identite import MOT_DE_PASSE, code_de, connecter, enroler, entre, plus_tard
from tests.distribution import Distribution
from tests.rapport import consigner

PROCONNECT, PSC = "proconnect", "pro-sante-connect"


@pytest.fixture(scope="module")
def ouverts() -> Iterator[tuple[FournisseurDEssai, FournisseurDEssai]]:
    with FournisseurDEssai(1, pkce=False).ouvert() as agents, FournisseurDEssai(2, pkce=True).ouvert() as soignants:
        yield agents, soignants


@pytest.fixture
def deux(ouverts: tuple[FournisseurDEssai, FournisseurDEssai], settings: Any) -> tuple[FournisseurDEssai, ...]:
    settings.FEDERATION = {PROCONNECT: ouverts[0].reglages(), PSC: ouverts[1].reglages()}
    settings.MODE_DEMONSTRATION = False
    for fournisseur in ouverts:
        fournisseur.remettre()
    fournisseurs.oublier()
    return ouverts


@pytest.fixture
def agents(deux: tuple[FournisseurDEssai, ...]) -> FournisseurDEssai:
    return deux[0]


@pytest.fixture
def soignants(deux: tuple[FournisseurDEssai, ...]) -> FournisseurDEssai:
    return deux[1]


@pytest.fixture
def opj(distribution: Distribution) -> User:
    return distribution.utilisateur("opj")


def relier(utilisateur: User, fournisseur: FournisseurDEssai) -> IdentiteFederee:
    return IdentiteFederee.objects.create(
        utilisateur=utilisateur, emetteur=fournisseur.adresse, sujet=fournisseur.sujet
    )


def partir(client: Client, nom: str = PROCONNECT, **champs: str) -> str:
    """Where the browser is sent."""
    reponse = client.post(f"/connexion/{nom}/", champs)
    assert reponse.status_code == 302, reponse.content.decode()
    return reponse["Location"]


def consentir(adresse: str) -> str:
    """The person agrees at the provider; the address that their browser then opens here."""
    morceaux = urlsplit(adresse)
    porte = http.client.HTTPConnection(morceaux.netloc, timeout=10)
    porte.request("GET", f"{morceaux.path}?{morceaux.query}")
    retour = porte.getresponse().headers["Location"]
    porte.close()
    return retour.removeprefix(reglages.ADRESSE_PUBLIQUE)


def passer(client: Client, nom: str = PROCONNECT, **champs: str) -> Any:
    """The whole way, there and back."""
    return client.get(consentir(partir(client, nom, **champs)))


def ouverte(client: Client) -> bool:
    return "_auth_user_id" in client.session


def change(adresse: str, **parametres: str | None) -> str:
    morceaux = urlsplit(adresse)
    lus = {**dict(parse_qsl(morceaux.query)), **parametres}
    return f"{morceaux.path}?{urlencode({nom: valeur for nom, valeur in lus.items() if valeur is not None})}"


def sans(nom: str) -> Callable[[Claims], Claims]:
    return lambda lu: {cle: valeur for cle, valeur in lu.items() if cle != nom}


def avec(**autres: Any) -> Callable[[Claims], Claims]:
    return lambda lu: {**lu, **autres}


def decale(**ecarts: int) -> Callable[[Claims], Claims]:
    return lambda lu: {**lu, **{nom: int(time.time()) + ecart for nom, ecart in ecarts.items()}}


def alterer(jeton: str) -> str:
    tete, corps, sceau = jeton.split(".")
    return f"{tete}.{corps}.{'A' if sceau[0] != 'A' else 'B'}{sceau[1:]}"


def a_la_main(alg: str, kid: str, sceau: Callable[[bytes], bytes]) -> Callable[[Claims], str]:
    """What PyJWT itself refuses to sign."""

    def sceller(lu: Claims) -> str:
        entete = base64url_encode(json.dumps({"alg": alg, "typ": "JWT", "kid": kid}).encode())
        corps = entete + b"." + base64url_encode(json.dumps(lu).encode())
        return (corps + b"." + base64url_encode(sceau(corps))).decode()

    return sceller


def hmac_de(secret: bytes, kid: str) -> Callable[[Claims], str]:
    return a_la_main("HS256", kid, lambda corps: hmac.digest(secret, corps, "sha256"))


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


def ouverte_puis_fermee(client: Client, retour: str) -> bool:
    client.get(retour)
    entree = ouverte(client)
    client.post("/deconnexion/")
    return entree and not ouverte(client)


def refusee(client: Client, reponse: Any) -> bool:
    """Nobody is signed in, nobody is half-way, and the page says what to do."""
    page = reponse.content.decode()
    en_attente = client.get("/connexion/code/")["Location"] != "/connexion/"
    return not ouverte(client) and not en_attente and "impossible" in page and "Revenir à la connexion" in page


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


def test_sans_reglage_rien_n_existe(opj: User, settings: Any) -> None:
    settings.FEDERATION = {}
    page = Client().get("/connexion/").content.decode()
    assert "ProConnect" not in page
    assert "Pro Santé Connect" not in page
    client = connecter(opj)
    assert "ProConnect" not in client.get("/compte/").content.decode()
    for suite in ("", "retour/", "fermeture/"):
        for nom in (PROCONNECT, PSC, "autre"):
            assert Client().get(f"/connexion/{nom}/{suite}").status_code == 404
            assert Client().post(f"/connexion/{nom}/{suite}").status_code == 404
    assert client.post(f"/compte/identite/{PROCONNECT}/").status_code == 404


def test_les_boutons_et_la_politique_de_la_page(agents: FournisseurDEssai, db: None) -> None:
    page = Client().get("/connexion/").content.decode()
    assert "Continuer avec ProConnect" in page
    assert "Continuer avec Pro Santé Connect" in page
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/connexion/{PROCONNECT}/").status_code == 403
    assert Client().get(f"/connexion/{PROCONNECT}/").status_code == 405


LIRE = "from config.settings import base; print(base.FEDERATION, base.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'])"


@pytest.mark.parametrize(
    ("variables", "attendu"),
    [
        ({}, "{} [\"'self'\"]"),
        ({"PROCONNECT_ADRESSE": "https://agents.test/api", "PROCONNECT_CLIENT": "c"}, "PROCONNECT_SECRET manque"),
        ({"PSC_ADRESSE": "http://soignants.test", "PSC_CLIENT": "c", "PSC_SECRET": "s"}, "commencer par https://"),
        (
            {
                "PROCONNECT_ADRESSE": "https://agents.test/api",
                "PROCONNECT_CLIENT": "c",
                "PROCONNECT_SECRET": "s",
                "PSC_ADRESSE": "https://soignants.test/a",
                "PSC_CLIENT": "c",
                "PSC_SECRET": "s",
                "PSC_AUTORISATION": "https://porte.test",
            },
            "[\"'self'\", 'https://agents.test', 'https://porte.test', 'https://soignants.test']",
        ),
    ],
)
def test_l_environnement_seul_nomme_les_fournisseurs(variables: dict[str, str], attendu: str) -> None:
    sortie = subprocess.run(
        [sys.executable, "-c", LIRE],
        env={**os.environ, **variables},
        cwd=reglages.RACINE,
        text=True,
        capture_output=True,
    )
    assert attendu in sortie.stdout + sortie.stderr


def test_une_personne_relie_son_identite_et_la_retire(agents: FournisseurDEssai, opj: User) -> None:
    enroler(opj)
    client = connecter(opj)
    page = f"/compte/identite/{PROCONNECT}/"
    assert "Relier mon compte ProConnect" in client.get("/compte/").content.decode()
    depart = client.post(page)["Location"]
    assert client.get(consentir(depart))["Location"] == page
    assert not IdentiteFederee.objects.exists(), "un retour ne relie rien : la personne confirme"
    assert "Une fois reliée" in client.get(page).content.decode()
    assert client.post(page, {"geste": "confirmer"})["Location"] == "/compte/"
    identite = IdentiteFederee.objects.get()
    assert (identite.utilisateur, identite.emetteur, identite.sujet) == (opj, agents.adresse, "personne-1")
    client.post(page, {"geste": "confirmer"})
    assert IdentiteFederee.objects.count() == 1
    assert "Retirer le lien avec ProConnect" in client.get("/compte/").content.decode()
    User.objects.filter(pk=opj.pk).update(password="!")
    sans_mot_de_passe = Client()
    sans_mot_de_passe.force_login(User.objects.get(pk=opj.pk))
    session = sans_mot_de_passe.session
    session.update({"eleve_le": int(time.time()), "second_facteur": opj.pk})
    session.save()
    sans_mot_de_passe.post(f"{page}retirer/")
    assert IdentiteFederee.objects.exists(), "on garde un moyen d’entrer"
    opj.set_password(MOT_DE_PASSE)
    opj.save()
    client = Client()
    with plus_tard(minutes=2):
        connecter(opj, client)
        client.post(f"{page}retirer/")
    assert not IdentiteFederee.objects.exists()
    modeles = [envoi.charge["modele"] for envoi in Envoi.objects.filter(sujet="compte.courriel").order_by("pk")]
    assert modeles == ["identite_reliee", "identite_deliee"]


def test_relier_demande_une_preuve_recente_et_la_meme_session(
    agents: FournisseurDEssai, opj: User, distribution: Distribution
) -> None:
    page = f"/compte/identite/{PROCONNECT}/"
    enroler(opj)
    client = connecter(opj)
    retour = consentir(client.post(page)["Location"])
    assert client.get(page)["Location"] == "/compte/"
    visiteur = Client()
    partir(visiteur)
    assert refusee(visiteur, visiteur.get(retour))
    assert client.get(retour)["Location"] == page
    ancienne = client.session
    ancienne["eleve_le"] = int(time.time()) - 301
    ancienne.save()
    for champs in ({}, {"geste": "confirmer"}):
        assert client.post(page, champs)["Location"].startswith("/confirmer/")
    ancienne["eleve_le"] = int(time.time())
    ancienne.save()
    relier(distribution.utilisateur("soignante"), agents)
    suite = client.post(page, {"geste": "confirmer"}, follow=True).content.decode()
    assert "déjà reliée" in suite
    assert IdentiteFederee.objects.filter(utilisateur=opj).count() == 0


def test_la_deconnexion_ferme_ici_puis_chez_le_fournisseur(agents: FournisseurDEssai, opj: User) -> None:
    relier(opj, agents)
    agents.amr = ["mfa"]
    client = Client()
    passer(client)
    assert agents.signer({}).split(".")[0] not in str(dict(client.session)), "le jeton gardé est scellé"
    reponse = client.post("/deconnexion/")
    assert not ouverte(client)
    morceaux = urlsplit(reponse["Location"])
    assert f"{morceaux.scheme}://{morceaux.netloc}{morceaux.path}" == f"{agents.adresse}/end_session"
    lus = dict(parse_qsl(morceaux.query))
    assert jwt.decode(lus["id_token_hint"], options={"verify_signature": False})["sub"] == "personne-1"
    assert len(lus["state"]) >= 32
    assert lus["post_logout_redirect_uri"] == f"{reglages.ADRESSE_PUBLIQUE}/connexion/"
    enroler(opj)
    assert connecter(opj).post("/deconnexion/")["Location"] == "/connexion/"


def adieu(f: FournisseurDEssai, **autres: Any) -> Claims:
    return f.communs(sub="personne-1", jti="jti-1", events={FERMETURE: {}}, **autres)


def test_le_fournisseur_ferme_toutes_les_sessions(agents: FournisseurDEssai, opj: User) -> None:
    relier(opj, agents)
    agents.amr = ["mfa"]
    for par in ("sub", "sid"):
        client, seconde = Client(enforce_csrf_checks=True), Client()
        passer(seconde)
        assert entre(seconde)
        lu = {**sans("sub" if par == "sid" else "sid")(adieu(agents, sid="sid-1")), "jti": f"jti-{par}"}
        reponse = client.post(f"/connexion/{PROCONNECT}/fermeture/", {"logout_token": agents.signer(lu)})
        assert (reponse.status_code, reponse["Cache-Control"]) == (200, "no-store")
        assert not entre(seconde)
    assert Entree.objects.filter(objet="accounts:fin_de_session").count() == 2


def test_un_faux_adieu_ne_ferme_rien(deux: tuple[FournisseurDEssai, ...], opj: User) -> None:
    f, autre = deux
    relier(opj, f)
    f.amr = ["mfa"]
    client = Client()
    passer(client)
    faux = {
        "d’un autre": autre.signer(adieu(f)),
        "clé de l’autre": jwt.encode(adieu(f), autre.cle, "RS256", headers={"kid": f.kid}),
        "sans signature": jwt.encode(adieu(f), None, "none", headers={"kid": f.kid}),
        "aud": f.signer({**adieu(f), "aud": "autre"}),
        "iss": f.signer({**adieu(f), "iss": autre.adresse}),
        "nonce": f.signer(adieu(f, nonce="n" * 40)),
        "sans événement": f.signer(sans("events")(adieu(f))),
        "autre événement": f.signer({**adieu(f), "events": {"autre": {}}}),
        "événement plat": f.signer({**adieu(f), "events": [FERMETURE]}),
        "sans jti": f.signer(sans("jti")(adieu(f))),
        "jti vide": f.signer({**adieu(f), "jti": ""}),
        "sans personne": f.signer(sans("sub")(adieu(f))),
        "sans âge": f.signer(sans("iat")(adieu(f))),
        "ancien": f.signer(sans("exp")({**adieu(f), "iat": int(time.time()) - 700})),
        "périmé": f.signer({**adieu(f), "exp": int(time.time()) - 60}),
        "rien": "",
    }
    acceptes = [
        cas
        for cas, jeton in faux.items()
        if Client().post(f"/connexion/{PROCONNECT}/fermeture/", {"logout_token": jeton}).status_code != 400
    ]
    assert acceptes == []
    assert entre(client)
    bon = {"logout_token": f.signer({**adieu(f), "sub": "personne-inconnue"})}
    assert Client().post(f"/connexion/{PROCONNECT}/fermeture/", bon).status_code == 200
    assert Client().post(f"/connexion/{PROCONNECT}/fermeture/", bon).status_code == 400, "un adieu ne sert qu’une fois"
    assert entre(client)
    consigner("sec-24-adieux", faux=len(faux) + 1, acceptes=0)


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
