"""Redis stopped under load, then back (REL-03): what a person who sends meets, and how long the queue takes to empty.

`python -m bench.sans_redis [minutes]`; ten minutes unless told. The server and the worker are those of production, on
real gunicorn, Celery and Redis; the demands are prison visits, which draw no document.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from bench.banc import lancer, role_de_la_production
from lanceur.environnement import RACINE
from lanceur.essais import redis_prive
from lanceur.processus import lance

MINUTES, TEMOIN, PAUSE = 10, 60.0, 0.2
PLAFOND_VIDAGE, PLAFOND_RAPPORT = 60.0, 2.0


def mesurer(minutes: int = MINUTES) -> int:
    """Print errors, 95th percentiles and the time to empty; 1 when one misses its bar."""
    from notifications.models import Envoi
    from tests.distribution import Distribution
    from tests.fiabilite.poster import demande, poster
    from tests.serveur import environnement, serveur_lance

    distribution = Distribution()
    distribution.utilisateur("maison_arret")
    session = distribution.client("usmp").cookies["tdu_session"].value
    champs = demande(distribution)
    with tempfile.TemporaryDirectory(prefix="tdu-bench-", dir="/tmp") as nom, role_de_la_production():
        dossier = Path(nom)
        os.environ["REDIS_URL"] = f"redis+socket://{dossier / 'redis.sock'}"
        travailleur = [sys.executable, "manage.py", "travailleur"]
        with serveur_lance(dossier) as serveur, lance(travailleur, environnement(dossier), RACINE):
            serveur.ouvrier()

            def envoyer() -> bool:
                return bool(poster(serveur, session, uuid4(), champs) == 302)

            with redis_prive(dossier):
                avec, echecs_avec = _charger(envoyer, TEMOIN)
            sans, echecs_sans = _charger(envoyer, minutes * 60.0)
            en_attente = Envoi.objects.filter(fait_le=None).count()
            with redis_prive(dossier):
                vidage = _chronometrer(lambda: not Envoi.objects.filter(fait_le=None).exists())
    print(f"\nRedis arrêté {minutes} min sous la charge")
    print(f"avec Redis : {len(avec)} envois, {echecs_avec} échecs, 95e centile {_p95(avec):.0f} ms")
    print(f"sans Redis : {len(sans)} envois, {echecs_sans} échecs, 95e centile {_p95(sans):.0f} ms")
    restent = Envoi.objects.filter(fait_le=None).count()
    print(f"{en_attente} lignes en attente au retour, {restent} encore après {vidage:.0f} s")
    tenu = not echecs_avec + echecs_sans and _p95(sans) <= PLAFOND_RAPPORT * _p95(avec) and vidage <= PLAFOND_VIDAGE
    return 0 if tenu else 1


def _charger(envoyer: Callable[[], bool], secondes: float) -> tuple[list[float], int]:
    """Milliseconds of each demand, and how many were not taken."""
    temps, echecs, fin = [], 0, time.monotonic() + secondes
    while time.monotonic() < fin:
        debut = time.perf_counter()
        echecs += not envoyer()
        temps.append((time.perf_counter() - debut) * 1000)
        time.sleep(PAUSE)
    return temps, echecs


def _p95(temps: list[float]) -> float:
    return statistics.quantiles(temps, n=20)[-1]


def _chronometrer(fini: Callable[[], bool], limite: float = 300.0) -> float:
    debut = time.monotonic()
    while not fini() and time.monotonic() - debut < limite:
        time.sleep(0.2)
    return time.monotonic() - debut


def main(arguments: list[str]) -> int:
    return lancer("bench.sans_redis", arguments, lambda nombres: mesurer(*nombres[:1]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
