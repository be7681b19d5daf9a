"""`make test`: pytest on a throwaway PostgreSQL and a private Redis, both gone at the end.

Arguments go to pytest; `manage.py …` or `-m …` as the first one runs that instead, in the same world.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from lanceur import systeme
from lanceur.environnement import RACINE, base_de_donnees, nouvelles_cles
from lanceur.erreurs import LancementImpossible
from lanceur.processus import Arret, arret_demandable, executer, lance

PYTEST = ["-m", "pytest", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
INTERROMPU = 130


def main(arguments: list[str]) -> int:
    autre_commande = bool(arguments) and arguments[0] in ("manage.py", "-m")
    try:
        with arret_demandable(), ExitStack() as pile:
            systeme.exiger(systeme.DEMONSTRATION if autre_commande else systeme.ESSAIS)
            dossier = Path(pile.enter_context(tempfile.TemporaryDirectory(prefix="tdu-essais-", dir="/tmp")))
            monde = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test", "MODE_DEMONSTRATION": "1"}
            monde |= nouvelles_cles()
            monde |= pile.enter_context(base_de_donnees(dossier, rapide=True))
            monde |= pile.enter_context(redis_prive(dossier))
            commande = arguments if autre_commande else [*PYTEST, *arguments]
            return executer([sys.executable, *commande], monde, RACINE)
    except LancementImpossible as erreur:
        print(erreur, file=sys.stderr)
        return 2
    except Arret:
        return INTERROMPU


@contextmanager
def redis_prive(dossier: Path) -> Iterator[dict[str, str]]:
    """Optional: without redis-server, REDIS_URL stays unset and the tests that need it say so."""
    programme, prise = shutil.which("redis-server"), dossier / "redis.sock"
    if programme is None:
        yield {}
        return
    reglages = ["--port", "0", "--unixsocket", str(prise), "--save", "", "--appendonly", "no"]
    reglages += ["--dir", str(dossier), "--logfile", str(dossier / "redis.log"), "--daemonize", "no"]
    prise.unlink(missing_ok=True)
    with lance([programme, *reglages], {}, dossier) as serveur:
        while not prise.exists():
            if serveur.poll() is not None:
                raise LancementImpossible(f"Redis ne démarre pas (code {serveur.returncode}).")
            time.sleep(0.02)
        yield {"REDIS_URL": f"unix://{prise}"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
