from collections.abc import Iterator

import pytest
import time_machine

from tests.bilans.scene import Annee, jour
from tests.distribution import Distribution


@pytest.fixture
def fin_d_annee() -> Iterator[None]:
    """The middle of December 2026: eleven months and a half are counted."""
    with time_machine.travel(jour(12, 15), tick=True):
        yield


@pytest.fixture
def annee(distribution: Distribution) -> Annee:
    return Annee(distribution)
