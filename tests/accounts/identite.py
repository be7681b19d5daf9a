"""What the tests of identity do again and again: sign in, enrol, read a code, move the clock."""

from datetime import timedelta

import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import decrypt
from django.test import Client
from django.utils import timezone

from accounts.facteurs import PAS, code_du_pas
from accounts.models import User

MOT_DE_PASSE = "demonstration-2025"
NOUVEAU = "quatre chevaux bruns galopent"
GRAINE = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238: « 12345678901234567890 »


def plus_tard(**duree: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**duree), tick=False)


def enroler(utilisateur: User, secret: str = GRAINE) -> Authenticator:
    return TOTP.activate(utilisateur, secret).instance


def code_de(utilisateur: User) -> str:
    ligne = Authenticator.objects.get(user=utilisateur, type="totp")
    return code_du_pas(decrypt(ligne.data["secret"]), int(timezone.now().timestamp()) // PAS)


def premier_facteur(utilisateur: User, mot_de_passe: str = MOT_DE_PASSE, client: Client | None = None) -> Client:
    client = client or Client()
    reponse = client.post("/connexion/", {"username": utilisateur.courriel, "password": mot_de_passe})
    assert reponse.status_code == 302, reponse.content.decode()
    return client


def connecter(utilisateur: User, client: Client | None = None) -> Client:
    """The whole way, as a person does it."""
    client = premier_facteur(utilisateur, client=client)
    if Authenticator.objects.filter(user=utilisateur, type="totp").exists():
        assert client.post("/connexion/code/", {"code": code_de(utilisateur)}).status_code == 302
    assert client.session["_auth_user_id"] == str(utilisateur.pk)
    return client


def cle_de_session(client: Client) -> str:
    return client.cookies["tdu_session"].value


def entre(client: Client) -> bool:
    """Whether this browser reaches a page of the product."""
    return client.get("/recherche/").status_code == 200
