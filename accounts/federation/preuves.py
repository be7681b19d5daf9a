"""Signed answers. The algorithm is ours to choose, never the token's; what a token is for is checked before its use."""

import base64
import hashlib
import hmac
import time
from typing import Any, TypeGuard

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import RSAAlgorithm

from accounts.federation.fournisseurs import Fournisseur, cle
from accounts.federation.reseau import Refus

MARGE = 30
LONGUEUR_CLE = 2048
LONGUEUR = 255
FERMETURE = "http://schemas.openid.net/event/backchannel-logout"
# A logout token older than that is refused, and its `jti` may then be forgotten.
AGE_FERMETURE = 600
ILLISIBLE = (jwt.PyJWTError, ValueError, TypeError, KeyError, AttributeError, ArithmeticError, RecursionError)


def identite(fournisseur: Fournisseur, jeton: Any, *, nonce: str, acces: str) -> dict[str, Any]:
    """The claims of an ID token made for this sign-in."""
    lu = _verifier(fournisseur, jeton, "exp", "iat", "sub", "nonce")
    if not lisible(lu["nonce"]) or not hmac.compare_digest(lu["nonce"], nonce) or "events" in lu:
        raise _refus(fournisseur)
    if "at_hash" in lu and lu["at_hash"] != _moitie(acces):
        raise _refus(fournisseur)
    return lu


def profil(fournisseur: Fournisseur, jeton: Any, *, sujet: str) -> dict[str, Any]:
    """The claims of a signed userinfo about the same person."""
    lu = _verifier(fournisseur, jeton, "sub")
    if lu["sub"] != sujet or "events" in lu or "nonce" in lu:
        raise _refus(fournisseur)
    return lu


def fermeture(fournisseur: Fournisseur, jeton: Any) -> dict[str, Any]:
    """The claims of a logout token (OpenID Connect Back-Channel Logout §2.4)."""
    lu = _verifier(fournisseur, jeton, "iat", "jti", "events", sujet_exige=False, age=AGE_FERMETURE)
    evenement = lu["events"].get(FERMETURE) if isinstance(lu["events"], dict) else None
    if not isinstance(evenement, dict) or "nonce" in lu or not {"sub", "sid"} & set(lu):
        raise _refus(fournisseur)
    if not all(lisible(lu[nom]) for nom in ("sub", "sid", "jti") if nom in lu):
        raise _refus(fournisseur)
    return lu


def lisible(valeur: Any) -> TypeGuard[str]:
    """An identifier as OpenID Connect bounds it: printable ASCII, 255 characters at most, and not nothing."""
    return isinstance(valeur, str) and valeur.isascii() and valeur.isprintable() and 0 < len(valeur) <= LONGUEUR


def _verifier(
    fournisseur: Fournisseur, jeton: Any, *exiges: str, sujet_exige: bool = True, age: int | None = None
) -> dict[str, Any]:
    try:
        entete = jwt.get_unverified_header(jeton)
        if entete.get("alg") != fournisseur.algorithme or "crit" in entete or not isinstance(entete.get("kid"), str):
            raise _refus(fournisseur)
        lu: dict[str, Any] = jwt.decode(
            jeton,
            _publique(fournisseur, entete["kid"]),
            algorithms=[fournisseur.algorithme],
            audience=fournisseur.client,
            issuer=fournisseur.emetteur,
            leeway=MARGE,
            options={"require": ["iss", "aud", *exiges]},
        )
        if age is not None and int(lu["iat"]) < time.time() - age:
            raise _refus(fournisseur)
    except ILLISIBLE as erreur:
        raise _refus(fournisseur) from erreur
    autres = lu["aud"] not in (fournisseur.client, [fournisseur.client])
    if (autres or "azp" in lu) and lu.get("azp") != fournisseur.client:
        raise _refus(fournisseur)
    if sujet_exige and not lisible(lu["sub"]):
        raise _refus(fournisseur)
    return lu


def _publique(fournisseur: Fournisseur, kid: str) -> RSAPublicKey:
    publiee = cle(fournisseur, kid)
    lue = RSAAlgorithm.from_jwk(publiee) if publiee.get("kty") == "RSA" and "d" not in publiee else None
    if not isinstance(lue, RSAPublicKey) or lue.key_size < LONGUEUR_CLE:
        raise _refus(fournisseur)
    return lue


def _moitie(acces: str) -> str:
    """`at_hash`: the left half of the digest of the access token."""
    return base64.urlsafe_b64encode(hashlib.sha256(acces.encode()).digest()[:16]).rstrip(b"=").decode()


def _refus(fournisseur: Fournisseur) -> Refus:
    return Refus(
        f"La réponse de {fournisseur.titre} n’a pas pu être vérifiée. Recommencez, ou utilisez votre mot de passe."
    )
