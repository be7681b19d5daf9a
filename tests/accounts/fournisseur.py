"""An OpenID provider of our own on the loopback address, honest until a test bends one of its answers."""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

Claims = dict[str, Any]
# What ProConnect expects at its door; anything else is refused there.
PARAMETRES = {"response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "claims"}
SECRET = "secret-remis-par-le-fournisseur"


@cache
def cle_rsa(rang: int, taille: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, taille)


class FournisseurDEssai:
    """`sujet`, `acr`, `amr` describe who signs in; the attributes set by `remettre` are what a test bends."""

    def __init__(self, rang: int, *, pkce: bool) -> None:
        self.rang, self.pkce, self.client = rang, pkce, f"trait-d-union-{rang}"
        self.adresse, self.depart, self.libre = "", Event(), Event()
        self.remettre()

    def remettre(self) -> None:
        self.kid, self.cle = f"cle-{self.rang}", cle_rsa(self.rang)
        self.sujet, self.acr, self.amr, self.sid = "personne-1", "eidas1", ["pwd"], "sid-1"
        self.codes: dict[str, Claims] = {}
        self.acces: dict[str, Claims] = {}
        self.demandes: list[str] = []
        self.erreur = ""
        self.annonce: Callable[[Claims], Claims] = lambda lu: lu
        self.identite: Callable[[Claims], Claims] = lambda lu: lu
        self.sceller: Callable[[Claims], str] = self.signer
        self.profil: Callable[[Claims], Claims] = lambda lu: lu
        self.sceller_profil: Callable[[Claims], str] = self.signer
        self.jetons: Callable[[Claims], Claims] = lambda lu: lu
        self.statuts: dict[str, int] = {}
        self.muet = False

    def signer(self, lu: Claims, **entete: Any) -> str:
        return jwt.encode(lu, self.cle, "RS256", headers={"kid": self.kid, **entete})

    def reglages(self) -> dict[str, str]:
        return {"adresse": self.adresse, "autorisation": "", "client": self.client, "secret": SECRET}

    def communs(self, **autres: Any) -> Claims:
        maintenant = int(time.time())
        return {"iss": self.adresse, "aud": self.client, "iat": maintenant, "exp": maintenant + 120, **autres}

    # Its addresses

    def decouverte(self) -> Claims:
        points = ("authorization", "token", "userinfo", "end_session")
        lu = {f"{nom}_endpoint": f"{self.adresse}/{nom}" for nom in points}
        lu |= {"issuer": self.adresse, "jwks_uri": f"{self.adresse}/jwks"}
        lu |= {"token_endpoint_auth_methods_supported": ["client_secret_post"]} if not self.pkce else {}
        lu |= {"code_challenge_methods_supported": ["S256"]} if self.pkce else {}
        return self.annonce(lu)

    def jwks(self) -> Claims:
        return {"keys": [{**RSAAlgorithm.to_jwk(self.cle.public_key(), as_dict=True), "kid": self.kid, "use": "sig"}]}

    def autoriser(self, recu: dict[str, str]) -> str:
        """The person agrees; returns where their browser is sent back."""
        assert set(recu) == PARAMETRES if not self.pkce else recu["code_challenge_method"] == "S256", recu
        assert (recu["response_type"], recu["client_id"], recu["scope"]) == ("code", self.client, "openid")
        assert min(len(recu["state"]), len(recu["nonce"])) >= 32
        if self.erreur:
            return f"{recu['redirect_uri']}?{urlencode({'error': self.erreur, 'state': recu['state']})}"
        code = secrets.token_urlsafe(16)
        self.codes[code] = recu
        return f"{recu['redirect_uri']}?{urlencode({'code': code, 'state': recu['state'], 'iss': self.adresse})}"

    def echanger(self, recu: dict[str, str], autorisation: str) -> tuple[int, Claims]:
        attendu = self.codes.pop(recu.get("code", ""), None)
        basic = "Basic " + base64.b64encode(f"{self.client}:{SECRET}".encode()).decode()
        paire = (recu.get("client_id"), recu.get("client_secret")) == (self.client, SECRET)
        if attendu is None or not (paire or autorisation == basic) or recu["redirect_uri"] != attendu["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        if self.pkce:
            empreinte = hashlib.sha256(recu["code_verifier"].encode()).digest()
            assert base64.urlsafe_b64encode(empreinte).rstrip(b"=").decode() == attendu["code_challenge"]
        acces = secrets.token_urlsafe(16)
        moitie = base64.urlsafe_b64encode(hashlib.sha256(acces.encode()).digest()[:16]).rstrip(b"=").decode()
        lu = self.communs(sub=self.sujet, nonce=attendu["nonce"], acr=self.acr, amr=self.amr, at_hash=moitie)
        self.acces[acces] = {"sub": self.sujet, "email": "personne@demo.test"}
        jeton = self.sceller(self.identite({**lu, "sid": self.sid}))
        return 200, self.jetons({"access_token": acces, "token_type": "Bearer", "id_token": jeton})

    def decrire(self, autorisation: str) -> str:
        return self.sceller_profil(self.profil(self.communs(**self.acces[autorisation.removeprefix("Bearer ")])))

    @contextmanager
    def ouvert(self) -> Iterator["FournisseurDEssai"]:
        serveur = ThreadingHTTPServer(("127.0.0.1", 0), type("Guichet", (_Guichet,), {"fournisseur": self}))
        serveur.daemon_threads = True
        self.adresse = f"http://127.0.0.1:{serveur.server_port}"
        fil = Thread(target=serveur.serve_forever, kwargs={"poll_interval": 0.05})
        fil.start()
        try:
            yield self
        finally:
            self.libre.set()
            serveur.shutdown()
            serveur.server_close()
            fil.join()


class _Guichet(BaseHTTPRequestHandler):
    fournisseur: FournisseurDEssai

    def do_GET(self) -> None:
        lui, adresse = self.fournisseur, urlsplit(self.path)
        lui.demandes.append(adresse.path)
        recu = {nom: valeurs[0] for nom, valeurs in parse_qs(adresse.query).items()}
        if statut := lui.statuts.get(adresse.path):
            self._rendre(statut, b"", Location=f"{lui.adresse}/jwks")
        elif adresse.path == "/authorization":
            self._rendre(302, b"", Location=lui.autoriser(recu))
        elif adresse.path == "/end_session":
            self._rendre(302, b"", Location=f"{recu['post_logout_redirect_uri']}?{urlencode({'state': recu['state']})}")
        elif adresse.path == "/userinfo":
            self._rendre(200, lui.decrire(self.headers["Authorization"]).encode())
        else:
            lu = {"/.well-known/openid-configuration": lui.decouverte, "/jwks": lui.jwks}[adresse.path]()
            self._rendre(200, json.dumps(lu).encode())

    def do_POST(self) -> None:
        lui = self.fournisseur
        lui.demandes.append(self.path)
        lu = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if lui.muet:
            lui.libre.wait(30)
            return
        if statut := lui.statuts.get(self.path):
            self._rendre(statut, b"", Location=f"{lui.adresse}/jwks")
            return
        recu = {nom: valeurs[0] for nom, valeurs in lu.items()}
        statut, corps = lui.echanger(recu, self.headers.get("Authorization", ""))
        self._rendre(statut, json.dumps(corps).encode())

    def _rendre(self, statut: int, corps: bytes, **entetes: str) -> None:
        self.send_response(statut)
        for nom, valeur in {**entetes, "Content-Length": str(len(corps))}.items():
            self.send_header(nom, valeur)
        self.end_headers()
        try:
            self.wfile.write(corps)
        except OSError:  # the product hung up: too long an answer
            self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Nothing on the screen of the tests."""
