"""Second factors: time-based codes, security keys, ten recovery codes.

allauth keeps them; what is accepted is decided here.
"""

import hmac
import json
import re
import struct
import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt, encrypt
from allauth.mfa.webauthn.internal import auth as webauthn
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from accounts.courriels import expedier
from accounts.elevation import elever
from accounts.models import User
from accounts.sessions import fermer_toutes

Type = Authenticator.Type
PAS = 30
MARQUE, GRAINE, A_MONTRER = "second_facteur", "graine", "codes_a_montrer"
# What fido2 and its parsers raise on an answer that no honest key sends.
ILLISIBLE = (ValidationError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, struct.error)


def en_a_un(utilisateur: User) -> bool:
    """Recovery codes alone are not a factor: they replace one that is lost."""
    return bool(Authenticator.objects.filter(user=utilisateur, type__in=[Type.TOTP, Type.WEBAUTHN]).exists())


def en_a_une_cle(utilisateur: User) -> bool:
    return bool(Authenticator.objects.filter(user=utilisateur, type=Type.WEBAUTHN).exists())


def marquer(request: HttpRequest, utilisateur: User) -> None:
    """This session has proved a second factor of this person."""
    request.session[MARQUE] = utilisateur.pk


def est_marque(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.session.get(MARQUE) == request.user.pk


# Time-based codes (RFC 6238)


def code_du_pas(secret: str, pas: int) -> str:
    return str(format_hotp_value(hotp_value(secret, pas)))


def pas_du_code(secret: str, code: str, apres: int = -1) -> int | None:
    """The step whose code this is, among the current and the previous one, later than `apres`; constant time."""
    maintenant = int(time.time()) // PAS
    trouve = None
    for pas in (maintenant - 1, maintenant):
        juste = hmac.compare_digest(code_du_pas(secret, pas).encode(), code.encode())
        if juste and pas > apres:
            trouve = pas
    return trouve


def verifier_code(utilisateur: User, saisi: str) -> bool:
    """A code of the application, else a recovery code. Each serves once, even in parallel requests."""
    code = re.sub(r"[\s\-]", "", saisi)
    return _verifier_application(utilisateur, code) or _verifier_secours(utilisateur, code)


@transaction.atomic
def _verifier_application(utilisateur: User, code: str) -> bool:
    ligne = Authenticator.objects.select_for_update().filter(user=utilisateur, type=Type.TOTP).first()
    if ligne is None:
        return False
    pas = pas_du_code(decrypt(ligne.data["secret"]), code, apres=ligne.data.get("dernier_pas", -1))
    if pas is None:
        return False
    ligne.data["dernier_pas"] = pas
    ligne.save(update_fields=["data"])
    ligne.record_usage()
    return True


def _verifier_secours(utilisateur: User, code: str) -> bool:
    ligne = Authenticator.objects.filter(user=utilisateur, type=Type.RECOVERY_CODES).first()
    if ligne is None or not RecoveryCodes(ligne).validate_code(code):
        return False
    ligne.refresh_from_db()
    ligne.record_usage()
    return True


def graine(request: HttpRequest) -> str:
    """The secret being enrolled, sealed in the session until its first code is typed."""
    if GRAINE not in request.session:
        request.session[GRAINE] = encrypt(generate_totp_secret())
    return str(decrypt(request.session[GRAINE]))


@transaction.atomic
def ajouter_application(request: HttpRequest, utilisateur: User, code: str) -> bool:
    """Enrol the application that gives the right code now; that code will not serve again."""
    secret = graine(request)
    pas = pas_du_code(secret, re.sub(r"\s", "", code))
    User.objects.select_for_update().get(pk=utilisateur.pk)
    if pas is None or Authenticator.objects.filter(user=utilisateur, type=Type.TOTP).exists():
        return False
    ligne = TOTP.activate(utilisateur, secret).instance
    ligne.data["dernier_pas"] = pas
    ligne.save(update_fields=["data"])
    del request.session[GRAINE]
    _ajoute(request, utilisateur)
    return True


# Security keys (WebAuthn)


def defi(utilisateur: User) -> str:
    """What the key must sign, in JSON; the session remembers it."""
    return json.dumps(webauthn.begin_authentication(utilisateur))


def verifier_cle(utilisateur: User, reponse: Any) -> bool:
    try:
        webauthn.parse_authentication_response(reponse)
        webauthn.complete_authentication(utilisateur, reponse).record_usage()
    except ILLISIBLE:
        return False
    return True


def creation(utilisateur: User) -> str:
    return json.dumps(webauthn.begin_registration(utilisateur, passwordless=False))


def ajouter_cle(request: HttpRequest, utilisateur: User, nom: str, reponse: Any) -> bool:
    try:
        webauthn.parse_registration_response(reponse)
        webauthn.complete_registration(reponse)
    except ILLISIBLE:
        return False
    garde = {cle: reponse[cle] for cle in ("id", "rawId", "type")}
    garde["response"] = {cle: reponse["response"][cle] for cle in ("clientDataJSON", "attestationObject")}
    if any(
        not str(valeur).isascii() or "\0" in str(valeur) for valeur in (*garde.values(), *garde["response"].values())
    ):
        return False
    webauthn.WebAuthn.add(utilisateur, nom, garde)
    _ajoute(request, utilisateur)
    return True


# Life of the factors


def _ajoute(request: HttpRequest, utilisateur: User) -> None:
    """Adding a factor proves it; the first one comes with ten recovery codes, shown once."""
    premiers = not Authenticator.objects.filter(user=utilisateur, type=Type.RECOVERY_CODES).exists()
    if premiers:
        RecoveryCodes.activate(utilisateur)
        request.session[A_MONTRER] = True
    marquer(request, utilisateur)
    elever(request)
    expedier("facteur_ajoute", utilisateur)


def peut_retirer(utilisateur: User) -> bool:
    """The last factor stays, except in a demonstration."""
    autres = Authenticator.objects.filter(user=utilisateur).exclude(type=Type.RECOVERY_CODES).count() > 1
    return bool(autres or settings.MODE_DEMONSTRATION)


@transaction.atomic
def retirer(utilisateur: User, facteur: Authenticator) -> bool:
    """Remove one factor; recovery codes go with the last one."""
    User.objects.select_for_update().get(pk=utilisateur.pk)
    if not peut_retirer(utilisateur):
        return False
    facteur.delete()
    if not en_a_un(utilisateur):
        Authenticator.objects.filter(user=utilisateur).delete()
    expedier("facteur_retire", utilisateur)
    return True


@transaction.atomic
def effacer(utilisateur: User) -> None:
    """Forget every factor of a person who lost them all; who asks for it, and with whom, is decided above.

    The password dies too: whoever knows it could enrol a factor before its owner. The way back is a link by e-mail.
    """
    User.objects.select_for_update().get(pk=utilisateur.pk)
    Authenticator.objects.filter(user=utilisateur).delete()
    utilisateur.set_unusable_password()
    utilisateur.code_personnel = ""
    utilisateur.save(update_fields=["password", "code_personnel"])
    fermer_toutes(utilisateur=utilisateur)
    expedier("retour", utilisateur)


def codes_restants(utilisateur: User) -> list[str]:
    ligne = Authenticator.objects.filter(user=utilisateur, type=Type.RECOVERY_CODES).first()
    return RecoveryCodes(ligne).get_unused_codes() if ligne else []


@transaction.atomic
def renouveler_codes(request: HttpRequest, utilisateur: User) -> None:
    """Ten new recovery codes; the earlier ones are dead."""
    User.objects.select_for_update().get(pk=utilisateur.pk)
    Authenticator.objects.filter(user=utilisateur, type=Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(utilisateur)
    request.session[A_MONTRER] = True
    expedier("codes_secours", utilisateur)
