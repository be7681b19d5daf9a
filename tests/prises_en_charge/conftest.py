import pytest

from tests.distribution import Distribution
from tests.prises_en_charge.scene import Scene


@pytest.fixture
def scene(distribution: Distribution) -> Scene:
    return Scene(distribution)
