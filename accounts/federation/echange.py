"""There and back: what the session remembers of a departure, and the proof that a return brings."""

import base64
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from allauth.mfa.utils import decrypt, encrypt
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts.federation import preuves, reseau
from accounts.federation.fournisseurs import DEUX_FACTEURS, Annonce, Fournisseur, annonce, fournisseurs
from accounts.federation.reseau import Refus
from accounts.models import JetonServi

ALLER, SEANCE = "federation_aller", "federation"
DUREE = 10 * 60


@dataclass(frozen=True, slots=True)
class Preuve:
    """Who a provider says that somebody is."""

    fournisseur: str
    emetteur: str
    sujet: str
    sid: str
    deux_facteurs: bool
    jeton: str
    fin: str


def partir(request: HttpRequest, fournisseur: Fournisseur, **retenu: Any) -> str:
    """The address to send the browser to; `retenu` comes back with the proof. A new departure ends the earlier one."""
    publie = annonce(fournisseur)
    aller = {nom: secrets.token_urlsafe(36) for nom in ("state", "nonce", "verifieur")}
    request.session[ALLER] = {**aller, "fournisseur": fournisseur.nom, "debut": int(time.time()), **retenu}
    parametres = {
        "response_type": "code",
        "client_id": fournisseur.client,
        "redirect_uri": retour(fournisseur),
        "scope": "openid",
        "state": aller["state"],
        "nonce": aller["nonce"],
        **dict(fournisseur.parametres),
    }
    if publie.pkce:
        empreinte = base64.urlsafe_b64encode(hashlib.sha256(aller["verifieur"].encode()).digest()).rstrip(b"=")
        parametres |= {"code_challenge": empreinte.decode(), "code_challenge_method": "S256"}
    return _avec(publie.autorisation, parametres)


def revenir(request: HttpRequest, fournisseur: Fournisseur) -> tuple[dict[str, Any], Preuve]:
    """What was kept at the departure, and the proof. Whatever the answer, that departure has served."""
    aller = request.session.pop(ALLER, None)
    recu, commencer = request.GET, f"Cette connexion par {fournisseur.titre} n’est plus en cours. Recommencez."
    if not aller or aller["fournisseur"] != fournisseur.nom or int(time.time()) - aller["debut"] > DUREE:
        raise Refus(commencer)
    if any(len(recu.getlist(nom)) > 1 for nom in ("state", "code", "iss", "error")):
        raise Refus(commencer)
    if not hmac.compare_digest(recu.get("state", "").encode(), aller["state"].encode()):
        raise Refus(commencer)
    if not JetonServi.servir("state", fournisseur.emetteur, aller["state"]):
        raise Refus(commencer)
    publie = annonce(fournisseur)
    if recu.get("iss", "" if publie.nomme_l_emetteur else fournisseur.emetteur) != fournisseur.emetteur:
        raise Refus(commencer)
    if "error" in recu or not recu.get("code"):
        raise Refus(f"{fournisseur.titre} n’a pas confirmé qui vous êtes. Recommencez, ou utilisez votre mot de passe.")
    return aller, _prouver(fournisseur, publie, recu["code"], aller)


def _prouver(fournisseur: Fournisseur, publie: Annonce, code: str, aller: dict[str, Any]) -> Preuve:
    donnees = {"grant_type": "authorization_code", "code": code, "redirect_uri": retour(fournisseur)}
    entetes = {"Accept": "application/json"}
    if publie.pkce:
        donnees["code_verifier"] = aller["verifieur"]
    if publie.par_corps:
        donnees |= {"client_id": fournisseur.client, "client_secret": fournisseur.secret}
    else:
        paire = f"{quote(fournisseur.client, safe='')}:{quote(fournisseur.secret, safe='')}"
        entetes["Authorization"] = f"Basic {base64.b64encode(paire.encode()).decode()}"
    titre, origine = fournisseur.titre, fournisseur.origine
    lus = reseau.en_objet(titre, reseau.demander(titre, origine, publie.jeton, donnees, entetes))
    acces = lus.get("access_token")
    if not isinstance(acces, str) or not acces.isascii() or not acces.isprintable():
        raise Refus(f"La réponse de {titre} est incomplète. Recommencez, ou utilisez votre mot de passe.")
    lu = preuves.identite(fournisseur, lus.get("id_token"), nonce=aller["nonce"], acces=acces)
    entetes = {"Authorization": f"Bearer {acces}", "Accept": "application/jwt"}
    profil = reseau.demander(titre, origine, publie.profil, entetes=entetes)
    preuves.profil(fournisseur, profil.decode("ascii", "replace").strip(), sujet=lu["sub"])
    amr, sid = lu.get("amr"), lu.get("sid")
    return Preuve(
        fournisseur=fournisseur.nom,
        emetteur=fournisseur.emetteur,
        sujet=lu["sub"],
        sid=sid if preuves.lisible(sid) else "",
        deux_facteurs=str(lu.get("acr")) in DEUX_FACTEURS or (isinstance(amr, list) and "mfa" in amr),
        jeton=lus["id_token"],
        fin=publie.fin,
    )


def retenir(request: HttpRequest, preuve: Preuve | None, titulaire: int) -> None:
    """What the session keeps of the provider that opened it; nothing when a password does."""
    request.session.pop(SEANCE, None)
    if preuve:
        request.session[SEANCE] = {
            "fournisseur": preuve.fournisseur,
            "titulaire": titulaire,
            "deux_facteurs": preuve.deux_facteurs,
            "jeton": encrypt(preuve.jeton),
            "fin": preuve.fin,
        }


def a_prouve_deux_facteurs(request: HttpRequest, titulaire: int) -> bool:
    seance = request.session.get(SEANCE) or {}
    return bool(seance.get("titulaire") == titulaire and seance.get("deux_facteurs"))


def sortie(request: HttpRequest) -> str:
    """Where the provider ends its own session; empty when it did not open this one."""
    seance: dict[str, Any] = request.session.get(SEANCE) or {}
    fournisseur = fournisseurs().get(seance.get("fournisseur", ""))
    if fournisseur is None or reseau.origine(seance["fin"]) != fournisseur.origine:
        return ""
    parametres = {
        "id_token_hint": decrypt(seance["jeton"]),
        "state": secrets.token_urlsafe(36),
        "post_logout_redirect_uri": str(settings.ADRESSE_PUBLIQUE) + reverse("accounts:connexion"),
    }
    return _avec(seance["fin"], parametres)


def retour(fournisseur: Fournisseur) -> str:
    return str(settings.ADRESSE_PUBLIQUE) + reverse("accounts:federation_retour", args=[fournisseur.nom])


def _avec(adresse: str, parametres: dict[str, str]) -> str:
    return f"{adresse}{'&' if '?' in adresse else '?'}{urlencode(parametres)}"
