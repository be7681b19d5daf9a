"""Two providers on the loopback address, configured for the test that asks for one of them."""

from collections.abc import Iterator
from typing import Any

import pytest

from accounts.federation import fournisseurs
from tests.accounts.fournisseur import FournisseurDEssai
from tests.accounts.parcours_federe import PROCONNECT, PSC


@pytest.fixture(scope="module")
def ouverts() -> Iterator[tuple[FournisseurDEssai, FournisseurDEssai]]:
    with FournisseurDEssai(1, pkce=False).ouvert() as agents, FournisseurDEssai(2, pkce=True).ouvert() as soignants:
        yield agents, soignants


@pytest.fixture
def deux(ouverts: tuple[FournisseurDEssai, FournisseurDEssai], settings: Any) -> tuple[FournisseurDEssai, ...]:
    settings.FEDERATION = {PROCONNECT: ouverts[0].reglages(), PSC: ouverts[1].reglages()}
    settings.MODE_DEMONSTRATION = False
    for fournisseur in ouverts:
        fournisseur.remettre()
    fournisseurs.oublier()
    return ouverts


@pytest.fixture
def agents(deux: tuple[FournisseurDEssai, ...]) -> FournisseurDEssai:
    return deux[0]


@pytest.fixture
def soignants(deux: tuple[FournisseurDEssai, ...]) -> FournisseurDEssai:
    return deux[1]
