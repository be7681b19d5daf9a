"""A real clamd on a socket of its own, with a local base of one signature: EICAR's text."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# In two halves, so that an antivirus does not remove this file.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd:
    """Started and stopped at will; `adresse` is what CLAMD holds."""

    def __init__(self, dossier: Path) -> None:
        self.dossier, self.prise = dossier, dossier / "clamd.sock"
        self.adresse = str(self.prise)
        self._processus: subprocess.Popen[bytes] | None = None
        base = dossier / "base"
        base.mkdir()
        (base / "essai.ndb").write_text(f"Eicar.Essai:0:*:{EICAR.hex()}\n", encoding="ascii")
        reglages = {
            "DatabaseDirectory": base,
            "LocalSocket": self.prise,
            "TemporaryDirectory": dossier,
            "StreamMaxLength": "210M",
            "MaxFileSize": "210M",
            "MaxScanSize": "400M",
            "AlertExceedsMax": "yes",
            "Foreground": "yes",
            "MaxThreads": 4,
            "LogFile": dossier / "clamd.log",
            **({"User": "root"} if os.geteuid() == 0 else {}),
        }
        texte = "".join(f"{nom} {valeur}\n" for nom, valeur in reglages.items())
        (dossier / "clamd.conf").write_text(texte, encoding="utf-8")

    def demarrer(self) -> None:
        programme = shutil.which("clamd", path=f"{os.environ['PATH']}:/usr/sbin")
        assert programme, "clamd manque : apt-get install clamav-daemon"
        self._processus = subprocess.Popen(
            [programme, "--config-file", str(self.dossier / "clamd.conf")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        limite = time.monotonic() + 60
        while not self._repond():
            assert self._processus.poll() is None, (self.dossier / "clamd.log").read_text(encoding="utf-8")
            assert time.monotonic() < limite
            time.sleep(0.05)

    def arreter(self) -> None:
        if self._processus is not None:
            self._processus.terminate()
            self._processus.wait(20)
            self._processus = None
        self.prise.unlink(missing_ok=True)

    @contextmanager
    def fige(self) -> Iterator[None]:
        """Frozen: it accepts connections, as the kernel does for it, and never answers."""
        assert self._processus is not None
        self._processus.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._processus.send_signal(signal.SIGCONT)

    def _repond(self) -> bool:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as prise:
            try:
                prise.connect(self.adresse)
                prise.sendall(b"zPING\0")
                return prise.recv(16) == b"PONG\0"
            except OSError:
                return False


@contextmanager
def clamd_lance() -> Iterator[Clamd]:
    with tempfile.TemporaryDirectory(prefix="tdu-clamd-", dir="/tmp") as dossier:
        serveur = Clamd(Path(dossier))
        try:
            serveur.demarrer()
            yield serveur
        finally:
            serveur.arreter()
