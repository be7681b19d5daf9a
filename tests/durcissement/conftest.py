from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from tests.distribution import Distribution
from tests.durcissement.monde import Monde
from tests.requisitions.conftest import octets_pdf
from tests.travailleur import redis_des_essais, travailleur

__all__ = ["monde", "monde_du_module", "redis_des_essais", "travailleur"]


@pytest.fixture(scope="module")
def monde_du_module(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Monde]:
    """One world for all the tests of a file, in a transaction that is never committed."""
    with pytest.MonkeyPatch.context() as monkeypatch, django_db_blocker.unblock():  # type: ignore[attr-defined]
        monkeypatch.setattr("documents.render.rendre_pdf", lambda gabarit, contexte, **_: octets_pdf(gabarit))
        try:
            with transaction.atomic():
                yield Monde(Distribution())
                transaction.set_rollback(True)
        finally:
            connection.close()


@pytest.fixture
def monde(monde_du_module: Monde, db: None) -> Monde:
    """The world as it was built: what a test does to it is undone by `db`, which nests in the world's transaction."""
    return monde_du_module
