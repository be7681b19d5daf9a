"""The worker of production, on the tests' database and the launcher's private Redis."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from redis import Redis

from tests.architecture.depot import RACINE
from tests.serveur import environnement

PATIENCE = 120


@pytest.fixture(scope="session")
def redis_des_essais() -> Iterator[Redis]:
    """The private Redis that the launcher runs beside PostgreSQL."""
    adresse = os.environ.get("REDIS_URL", "")
    if not adresse.startswith("unix://"):
        pytest.skip("redis-server n’est pas installé")
    redis = Redis(unix_socket_path=adresse.removeprefix("unix://"))
    yield redis
    redis.close()


@pytest.fixture
def travailleur(redis_des_essais: Redis, tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """The worker of production, on the tests' database and Redis, or at another address."""
    prise = redis_des_essais.connection_pool.connection_kwargs["path"]
    lances: list[subprocess.Popen[bytes]] = []

    def lancer(redis: str = f"redis+socket://{prise}") -> subprocess.Popen[bytes]:
        with (tmp_path / "travailleur.log").open("ab") as journal:
            lances.append(
                subprocess.Popen(
                    [sys.executable, "manage.py", "travailleur"],
                    cwd=RACINE,
                    env=environnement(tmp_path) | {"REDIS_URL": redis},
                    stdout=journal,
                    stderr=journal,
                )
            )
        return lances[-1]

    redis_des_essais.flushall()
    yield lancer
    for processus in lances:
        processus.terminate()
        try:
            processus.wait(30)
        except subprocess.TimeoutExpired:
            processus.kill()
            processus.wait(10)
    redis_des_essais.flushall()


def attendre(condition: Callable[[], bool], processus: subprocess.Popen[bytes], journal: Path) -> None:
    limite = time.monotonic() + PATIENCE
    while not condition():
        assert processus.poll() is None, journal.read_text()[-2000:]
        assert time.monotonic() < limite, journal.read_text()[-2000:]
        time.sleep(0.1)
