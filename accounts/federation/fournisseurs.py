"""The providers that the settings name, and what each one publishes of itself."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from accounts.federation import reseau
from accounts.federation.reseau import Refus

GARDE = 3600
# An unknown key makes us ask again, though not at the rhythm of whoever invents unknown keys.
RELECTURE = 30
DEUX_FACTEURS = frozenset({"eidas2", "eidas3"})
_publies: dict[str, tuple[float, dict[str, Any]]] = {}


@dataclass(frozen=True, slots=True)
class Fournisseur:
    """`adresse` is the issuer, or its discovery document when that has an unusual name."""

    nom: str
    titre: str
    pour: str
    adresse: str
    client: str
    secret: str = field(repr=False)
    autorisation: str = ""
    pkce: bool = True
    parametres: tuple[tuple[str, str], ...] = ()
    algorithme: str = "RS256"

    @property
    def emetteur(self) -> str:
        return self.adresse.partition("/.well-known/")[0]

    @property
    def document(self) -> str:
        connu = "/.well-known/" in self.adresse
        return self.adresse if connu else f"{self.adresse.rstrip('/')}/.well-known/openid-configuration"

    @property
    def origine(self) -> str:
        return reseau.origine(self.adresse)


# ProConnect refuses any parameter that it does not expect, PKCE among them; it must be asked for `amr`.
PROCONNECT_CLAIMS = {"id_token": {"amr": {"essential": True}, "acr": {"values": sorted(DEUX_FACTEURS)}}}
CONNUS: Mapping[str, Mapping[str, Any]] = {
    "proconnect": {
        "titre": "ProConnect",
        "pour": "Police, justice, administration pénitentiaire, agents publics",
        "pkce": False,
        "parametres": (("claims", json.dumps(PROCONNECT_CLAIMS, separators=(",", ":"))),),
    },
    "pro-sante-connect": {"titre": "Pro Santé Connect", "pour": "Professionnels de santé"},
}


def fournisseurs() -> dict[str, Fournisseur]:
    """Those that are configured, by the word of their address; none by default."""
    return {nom: Fournisseur(nom=nom, **{**CONNUS[nom], **lus}) for nom, lus in settings.FEDERATION.items()}


@dataclass(frozen=True, slots=True)
class Annonce:
    autorisation: str
    jeton: str
    profil: str
    cles: str
    fin: str
    pkce: bool
    par_corps: bool
    nomme_l_emetteur: bool


def annonce(fournisseur: Fournisseur) -> Annonce:
    """What the discovery document says, once it is checked that it speaks for this issuer and this host."""
    lu = _publie(fournisseur, fournisseur.document)
    if lu.get("issuer") != fournisseur.emetteur:
        raise Refus(f"{fournisseur.titre} ne répond pas au nom attendu. Connectez-vous avec votre mot de passe.")

    def point(nom: str, origine: str = fournisseur.origine) -> str:
        adresse = lu.get(nom, "")
        if not isinstance(adresse, str) or reseau.origine(adresse) != origine:
            raise Refus(f"{fournisseur.titre} renvoie vers un autre site. Connectez-vous avec votre mot de passe.")
        return adresse

    return Annonce(
        autorisation=point("authorization_endpoint", fournisseur.autorisation or fournisseur.origine),
        jeton=point("token_endpoint"),
        profil=point("userinfo_endpoint"),
        cles=point("jwks_uri"),
        fin=point("end_session_endpoint") if lu.get("end_session_endpoint") else "",
        pkce=fournisseur.pkce and "S256" in _liste(lu, "code_challenge_methods_supported"),
        par_corps="client_secret_post" in _liste(lu, "token_endpoint_auth_methods_supported"),
        nomme_l_emetteur=lu.get("authorization_response_iss_parameter_supported") is True,
    )


def cle(fournisseur: Fournisseur, kid: str) -> dict[str, Any]:
    """The published key of that name, asked for once more when it is unknown."""
    adresse = annonce(fournisseur).cles
    for age in (GARDE, RELECTURE):
        for publiee in _liste(_publie(fournisseur, adresse, age), "keys"):
            if isinstance(publiee, dict) and publiee.get("kid") == kid and publiee.get("use", "sig") == "sig":
                return publiee
    raise Refus(f"La réponse de {fournisseur.titre} est signée par une clé inconnue. Recommencez.")


def _publie(fournisseur: Fournisseur, adresse: str, age: int = GARDE) -> dict[str, Any]:
    lu_a, contenu = _publies.get(adresse, (0.0, {}))
    if not 0 <= time.time() - lu_a < age:
        contenu = reseau.en_objet(fournisseur.titre, reseau.demander(fournisseur.titre, fournisseur.origine, adresse))
        _publies[adresse] = (time.time(), contenu)
    return contenu


def _liste(objet: Mapping[str, Any], nom: str) -> list[Any]:
    valeur = objet.get(nom)
    return valeur if isinstance(valeur, list) else []


oublier: Callable[[], None] = _publies.clear
