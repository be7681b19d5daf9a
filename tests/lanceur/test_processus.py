"""Whatever ends the launcher, its children end with it."""

import signal
import subprocess
import sys

import pytest

from lanceur.environnement import RACINE

LANCEUR = """
import sys, time
from lanceur.processus import Arret, arret_demandable, lance
enfant = [sys.executable, "-c", "import time; time.sleep(20); print('il a survécu')"]
try:
    with arret_demandable(), lance(enfant, {}, "/"):
        print("prêt", flush=True)
        time.sleep(60)
except Arret:
    print("rangé", flush=True)
"""


@pytest.mark.parametrize(
    ("signal_recu", "dit"),
    [(signal.SIGINT, "rangé\n"), (signal.SIGTERM, "rangé\n"), (signal.SIGHUP, "rangé\n"), (signal.SIGKILL, "")],
)
def test_un_enfant_ne_survit_pas_a_son_lanceur(signal_recu: signal.Signals, dit: str) -> None:
    lanceur = subprocess.Popen(
        [sys.executable, "-X", "utf8", "-c", LANCEUR], cwd=RACINE, stdout=subprocess.PIPE, encoding="utf-8"
    )
    with lanceur:
        assert lanceur.stdout
        assert lanceur.stdout.readline() == "prêt\n"
        lanceur.send_signal(signal_recu)
        # The child shares this pipe: its end is reached only when both are gone.
        assert lanceur.stdout.read() == dit
