"""What the tests of federated sign-in share: two providers, and the steps of a person between them and us."""

import hmac
import http.client
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings as reglages
from django.test import Client
from jwt.utils import base64url_encode

from accounts.models import IdentiteFederee, User
from tests.accounts.fournisseur import Claims, FournisseurDEssai

PROCONNECT, PSC = "proconnect", "pro-sante-connect"


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
