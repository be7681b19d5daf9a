import pytest

from tests.distribution import Distribution


@pytest.fixture
def soignante(distribution: Distribution):
    return distribution.acteur("soignante")


@pytest.fixture
def opj(distribution: Distribution):
    return distribution.acteur("opj")
