"""One way out: to the configured host only, five seconds, no redirection, an answer of bounded size."""

import json
import time
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

DELAI = 5
TAILLE = 256 * 1024


class Refus(Exception):  # a refusal, with the sentence to show
    """The sentence says what to do."""


class _SansRenvoi(HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def origine(adresse: str) -> str:
    """`scheme://host:port` of an address; empty when it has none, or carries a name and a password."""
    try:
        morceaux = urlsplit(adresse)
        lisible = morceaux.scheme in {"http", "https"} and morceaux.hostname and "@" not in morceaux.netloc
    except ValueError:
        return ""
    return f"{morceaux.scheme}://{morceaux.netloc}".lower() if lisible else ""


def demander(
    titre: str,
    permise: str,
    adresse: str,
    donnees: Mapping[str, str] | None = None,
    entetes: Mapping[str, str] | None = None,
) -> bytes:
    """The body of a 200; everything else is a refusal."""
    if not permise or origine(adresse) != permise:
        raise Refus(f"{titre} renvoie vers un autre site. Connectez-vous avec votre mot de passe.")
    corps = urlencode(donnees).encode() if donnees is not None else None
    requete = Request(adresse, data=corps, headers={**(entetes or {}), "Accept-Encoding": "identity"})  # noqa: S310
    try:
        return _lire(titre, requete)
    except HTTPError as erreur:
        with erreur:
            panne = erreur.code >= 500
        if panne:
            raise _muet(titre) from erreur
        raise Refus(f"{titre} a refusé cette connexion. Recommencez, ou utilisez votre mot de passe.") from erreur
    except (OSError, HTTPException) as erreur:
        raise _muet(titre) from erreur


def _lire(titre: str, requete: Request) -> bytes:
    fin, lu = time.monotonic() + DELAI, b""
    with build_opener(_SansRenvoi).open(requete, timeout=DELAI) as reponse:
        while bloc := reponse.read1(65536):
            lu += bloc
            if len(lu) > TAILLE:
                raise Refus(f"La réponse de {titre} est trop longue. Connectez-vous avec votre mot de passe.")
            if time.monotonic() > fin:
                raise _muet(titre)
    return lu


def _muet(titre: str) -> Refus:
    return Refus(f"{titre} ne répond pas. Connectez-vous avec votre mot de passe, ou réessayez dans quelques minutes.")


def en_objet(titre: str, corps: bytes) -> dict[str, Any]:
    try:
        objet = json.loads(corps)
    except (ValueError, RecursionError) as erreur:
        raise Refus(f"La réponse de {titre} est illisible. Connectez-vous avec votre mot de passe.") from erreur
    if not isinstance(objet, dict):
        raise Refus(f"La réponse de {titre} est illisible. Connectez-vous avec votre mot de passe.")
    return objet
