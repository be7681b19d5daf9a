from tests.fiches.conftest import convention, suppleante
from tests.travailleur import redis_des_essais, travailleur

__all__ = ["convention", "redis_des_essais", "suppleante", "travailleur"]
