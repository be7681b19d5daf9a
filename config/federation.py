"""The identity providers that the environment names; the settings read it, this module checks it."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

CHAMPS = ("adresse", "autorisation", "client", "secret")


def fournisseur(prefixe: str, lus: dict[str, str]) -> dict[str, str]:
    """One provider, empty when it is not configured. Its sign-in page may be on another host (`autorisation`)."""
    if not lus["adresse"]:
        return {}
    if not lus["adresse"].startswith(("https://", "http://127.0.0.1:")):
        raise ImproperlyConfigured(f"{prefixe}_ADRESSE doit commencer par https://.")
    for champ in ("client", "secret"):
        if not lus[champ]:
            manque = f"{prefixe}_{champ.upper()}"
            raise ImproperlyConfigured(f"La variable {manque} manque. Donnez ce que le fournisseur vous a remis.")
    return lus


def origines(reglages: Iterable[dict[str, str]]) -> list[str]:
    """`scheme://host` of each provider, and of its sign-in page."""
    adresses = (adresse for un in reglages for adresse in (un["adresse"], un["autorisation"]) if adresse)
    return sorted({"{0.scheme}://{0.netloc}".format(urlsplit(adresse)) for adresse in adresses})
