"""What a clock would tell a stranger: is there a case behind this address (SEC-02), an account of that name (SEC-18)?

`python -m bench.ecarts`, or the start of `make bench`. Elapsed milliseconds, as an attacker would have them: calls in
pairs, one of each kind, the first of a pair in turn; what is held to the bar is the difference of the two medians.
"""

import logging
import statistics
import sys
import time
import uuid
from collections.abc import Callable, Mapping
from typing import Any
from unittest import mock

from bench.banc import lancer, role_de_la_production

COUPLES, PREMIERS, SUSPECTES = 200, 10, 8
PLAFOND_ADRESSE, PLAFOND_COMPTE = 5.0, 10.0
Appel = Callable[[int], object]
MOT_DE_PASSE = "une-phrase-que-personne-ne-devine"


def ecart(vrai: Appel, faux: Appel, couples: int) -> float:
    """Median of the first kind minus median of the second, in milliseconds."""
    temps: dict[bool, list[float]] = {True: [], False: []}
    for rang in range(couples):
        for genre in (True, False) if rang % 2 else (False, True):
            debut = time.perf_counter()
            (vrai if genre else faux)(rang)
            temps[genre].append((time.perf_counter() - debut) * 1000)
    return statistics.median(temps[True]) - statistics.median(temps[False])


def mesurer(couples: int = COUPLES) -> int:
    """Print the two figures; 1 when one misses its bar."""
    logging.disable(logging.ERROR)  # each refused address says so
    adresses = _adresses(couples)
    pire = max(adresses, key=lambda nom: abs(adresses[nom]))
    comptes = _comptes(couples)
    print(f"\nÉcarts de temps, {couples} couples")
    print(f"{len(adresses)} adresses d’un dossier d’autrui, au plus {adresses[pire]:+.1f} ms ({pire})")
    print(f"un compte qui existe {comptes:+.1f} ms")
    return 0 if abs(adresses[pire]) < PLAFOND_ADRESSE and abs(comptes) < PLAFOND_COMPTE else 1


def _adresses(couples: int) -> dict[str, float]:
    """Somebody else’s case against none, at each address with its key: a little everywhere, at length at the worst."""
    from tests.architecture.adresses import adresses
    from tests.contrats.fabrique import fabriques
    from tests.distribution import Distribution
    from tests.droits.monde import Monde, feuille

    with mock.patch("documents.render.imprimer", feuille):
        univers = Monde(Distribution())
        etrangers = {espace: univers.clients[fabrique.etranger] for espace, fabrique in fabriques().items()}
        paires = {}
        for adresse in adresses():
            espace = adresse.nom.split(":")[0]
            if espace in etrangers and "cle" in {nom for _, nom in adresse.parametres}:
                paires[adresse.nom] = _paire(etrangers[espace], adresse, univers.valeurs[espace])
        with role_de_la_production():
            trouves = {nom: ecart(*paire, min(PREMIERS, couples)) for nom, paire in paires.items()}
            for nom in sorted(trouves, key=lambda nom: -abs(trouves[nom]))[:SUSPECTES]:
                trouves[nom] = ecart(*paires[nom], couples)
    return trouves


def _paire(client: Any, adresse: Any, valeurs: Mapping[str, Any]) -> tuple[Appel, Appel]:
    vraie = adresse.visite(valeurs)
    return lambda _: client.get(vraie), lambda _: client.get(adresse.visite({**valeurs, "cle": uuid.uuid4()}))


def _comptes(couples: int) -> float:
    """A wrong password for an account that exists against one that does not, with the hash of production."""
    from django.conf import settings
    from django.contrib.auth.hashers import make_password
    from django.test import Client
    from django.test.utils import override_settings

    from accounts.models import User
    from config.settings import base

    # Each guess comes from an address and for an account of its own: the brake, tested elsewhere, never bites.
    def deviner(courriel: str, rang: int, reseau: int) -> None:
        essai = {"username": courriel, "password": "faux-et-archi-faux"}
        reponse = Client(REMOTE_ADDR=f"198.{reseau}.{rang // 250}.{rang % 250}").post("/connexion/", essai)
        assert reponse.status_code == 200, reponse.status_code

    with override_settings(PASSWORD_HASHERS=base.PASSWORD_HASHERS):
        assert "Argon2" in settings.PASSWORD_HASHERS[0]
        secret = make_password(MOT_DE_PASSE)
        User.objects.bulk_create(
            User(courriel=f"connu{rang}@bench.test", prenom="A", nom="B", password=secret) for rang in range(couples)
        )
        with role_de_la_production():
            return ecart(
                lambda rang: deviner(f"connu{rang}@bench.test", rang, 18),
                lambda rang: deviner(f"inconnu{rang}@bench.test", rang, 19),
                couples,
            )


def main(arguments: list[str]) -> int:
    return lancer("bench.ecarts", arguments, lambda nombres: mesurer(*nombres[:1]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
