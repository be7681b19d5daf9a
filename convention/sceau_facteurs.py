"""Seals what allauth keeps of a second factor. Here because identity and encryption are siblings that do not meet."""

import base64

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.db import transaction

from documents.chiffrement import chiffrer, dechiffrer, entete
from documents.cles import trousseau

LIEU = "mfa.authenticator"
SECRETS = ("secret", "seed")


class AdaptateurFacteurs(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return base64.b64encode(chiffrer(text.encode(), LIEU)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return dechiffrer(base64.b64decode(encrypted_text), LIEU).decode()

    def _get_site_name(self) -> str:
        return "Trait d’union"


def _anciens(ligne: Authenticator) -> list[str]:
    """Names of its secrets that are not under the current master key."""
    debut = entete(trousseau().courante)
    return [nom for nom in SECRETS if nom in ligne.data and not base64.b64decode(ligne.data[nom]).startswith(debut)]


def tourner() -> int:
    """Seal every factor again under the current master key, one locked row at a time. Returns how many."""
    adaptateur, faits = AdaptateurFacteurs(), 0
    for numero in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            ligne = Authenticator.objects.select_for_update().filter(pk=numero).first()
            if ligne is None or not (noms := _anciens(ligne)):
                continue
            for nom in noms:
                ligne.data[nom] = adaptateur.encrypt(adaptateur.decrypt(ligne.data[nom]))
            ligne.save(update_fields=["data"])
            faits += 1
    return faits


def restes() -> set[str]:
    """Names of the other master keys that some factor still needs."""
    lignes = [ligne for ligne in Authenticator.objects.order_by("pk") if _anciens(ligne)]
    scelles = [base64.b64decode(ligne.data[nom]) for ligne in lignes for nom in _anciens(ligne)]
    return {scelle[2 : 2 + scelle[1]].decode("ascii", "replace") for scelle in scelles}
