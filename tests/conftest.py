"""The strict world: the running role of production, real PostgreSQL, a cast of named people."""

import os
from collections.abc import Callable, Iterator

import environ
import psycopg
import pytest
from django.core.files.storage import default_storage
from django.core.signals import request_finished
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.dispatch import receiver
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from journal.depot import DOSSIER
from tests import base_modele, rapport
from tests.distribution import NOMS, Distribution

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps an event loop in this thread

GARDEES = {"django_migrations", "django_content_type", "auth_permission"}


# What a test writes and reads by itself is the system's; a request reads for its reader alone (notifications/portee.py).
def _portee_des_essais(base: BaseDatabaseWrapper) -> None:
    # Beside Django’s cursor: tests that count queries count those of the product.
    base.connection.execute("SELECT set_config('tdu.portee', 'systeme', false)")


@receiver(connection_created, dispatch_uid="portee")
def _a_la_connexion(connection: BaseDatabaseWrapper, **_: object) -> None:
    _portee_des_essais(connection)


@receiver(request_finished, dispatch_uid="portee")
def _apres_la_requete(**_: object) -> None:
    """SET LOCAL lasts as long as the transaction that surrounds the test."""
    if connection.in_atomic_block and not connection.needs_rollback:
        _portee_des_essais(connection)


def pytest_sessionstart(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput"):
        for ancien in rapport.DOSSIER.glob("*.json"):
            ancien.unlink()


LONGS = {"navigateur", "demarrage", "fiabilite", "droits", "durcissement", "documents", "architecture", "contrats"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files first, so that no worker ends the run alone on one of them (`--no-loadscope-reorder`)."""
    items.sort(key=lambda essai: LONGS.isdisjoint(essai.path.parts))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if compteurs := rapport.lignes():
        terminalreporter.section("compteurs")
        terminalreporter.write("\n".join(compteurs) + "\n")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> None:
    """The base is there, migrated, before pytest-django looks for it (`--reuse-db`)."""
    propre = tmp_path_factory.getbasetemp()
    commun = propre.parent if "PYTEST_XDIST_WORKER" in os.environ else propre
    with django_db_blocker.unblock(), connexion_superutilisateur("postgres") as superutilisateur:
        base_modele.preparer(commun, superutilisateur)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """The owner created and migrated the database; the tests run as the role of production, `app_web`."""
    reglages = connection.settings_dict
    proprietaire = {nom: reglages[nom] for nom in ("USER", "PASSWORD")}
    web = environ.Env.db_url_config(os.environ["DATABASE_URL"])
    connection.close()
    reglages.update(USER=web["USER"], PASSWORD=web["PASSWORD"])
    yield
    connection.close()
    reglages.update(proprietaire)


def connexion_superutilisateur(nom: str = "") -> psycopg.Connection:
    """A connection of the cluster's superuser to the test database: to empty it, or to tamper with it."""
    base = environ.Env.db_url_config(os.environ["DATABASE_URL_SUPERUTILISATEUR"])
    return psycopg.connect(
        host=base["HOST"] or base.get("OPTIONS", {}).get("host"),
        port=base["PORT"] or None,
        user=base["USER"],
        password=base["PASSWORD"],
        dbname=nom or connection.settings_dict["NAME"],
        autocommit=True,
    )


def vider_la_base() -> None:
    """Empty every table but Django's own references; triggers and foreign keys stand aside."""
    with connexion_superutilisateur() as superutilisateur, superutilisateur.cursor() as curseur:
        curseur.execute("SET session_replication_role = replica")
        curseur.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [nom for (nom,) in curseur.fetchall() if nom not in GARDEES]
        curseur.execute("; ".join(f'DELETE FROM "{nom}"' for nom in tables))


TransactionTestCase._fixture_teardown = lambda self: vider_la_base()


@pytest.fixture(autouse=True)
def _sans_ancres_d_un_autre_essai() -> None:
    """The file store outlives a test, its journal does not."""
    for nom in default_storage.listdir(DOSSIER)[1] if default_storage.exists(DOSSIER) else ():
        default_storage.delete(f"{DOSSIER}/{nom}")


@pytest.fixture
def distribution(db: None) -> Distribution:
    """The institutions, their services and, as they are named, the people of the cast."""
    return Distribution()


@pytest.fixture
def travailler(db: None) -> Callable[[], int]:
    """Carry out every waiting outbox row, as the worker would; returns how many."""
    from notifications.boite_envoi import executer
    from notifications.models import Envoi

    def faire() -> int:
        envois = list(Envoi.objects.filter(fait_le=None).order_by("pk").values_list("pk", flat=True))
        for envoi in envois:
            executer(envoi)
        return len(envois)

    return faire


def _acteur(nom: str) -> Callable[..., object]:
    @pytest.fixture(name=nom)
    def acteur(distribution: Distribution) -> object:
        return distribution.acteur(nom)

    return acteur


# One fixture a person: `soignante`, `parquet`, `opj`… each gives the Acteur.
for _nom in NOMS:
    globals()[f"_{_nom}"] = _acteur(_nom)
