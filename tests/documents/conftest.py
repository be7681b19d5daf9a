from collections.abc import Iterator

import pytest

from tests.documents.antivirus import Clamd, clamd_lance
from tests.dossiers.essai import type_essai

__all__ = ["type_essai"]


@pytest.fixture(scope="session")
def clamd_de_session() -> Iterator[Clamd]:
    with clamd_lance() as serveur:
        yield serveur


@pytest.fixture
def clamd(clamd_de_session: Clamd, settings: object) -> Clamd:
    """The product with its antivirus, as in production."""
    settings.CLAMD, settings.ANTIVIRUS, settings.CLAMD_DELAI = clamd_de_session.adresse, "obligatoire", 20
    return clamd_de_session
