"""The server of production on the tests' database: what a client sees while its processes are killed."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection

from tests.architecture.depot import RACINE


def environnement(dossier: Path) -> dict[str, str]:
    """What a process of production receives, on the present database; its files and temporary files in `dossier`."""
    base = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    (dossier / "tmp").mkdir(exist_ok=True)
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DATABASE_URL": base,
        "TMPDIR": str(dossier / "tmp"),
        "DOSSIER_FICHIERS": str(dossier / "fichiers"),
        "MESSAGERIE": "django.core.mail.backends.dummy.EmailBackend",
        "ANTIVIRUS": "absent",
    }


class Serveur:
    """gunicorn on the loopback address, on the tests' database, with its own temporary and stored files."""

    def __init__(self, dossier: Path, processus: int = 1, fils: int = 2) -> None:
        self.temporaires, self.fichiers = dossier / "tmp", dossier / "fichiers"
        with socket.socket() as prise:
            prise.bind(("127.0.0.1", 0))
            self.port: int = prise.getsockname()[1]
        self.environnement = environnement(dossier)
        commande = [sys.executable, "-m", "gunicorn", "config.wsgi", "-b", f"127.0.0.1:{self.port}", "--preload"]
        commande += [
            "--worker-class",
            "gthread",
            "--threads",
            str(fils),
            "--workers",
            str(processus),
            "--log-level",
            "critical",
            "--no-control-socket",
        ]
        self.maitre = subprocess.Popen(commande, env=self.environnement, cwd=RACINE, stderr=subprocess.DEVNULL)

    def ouvriers(self) -> list[int]:
        """The process ids of those who answer requests."""
        liste = Path(f"/proc/{self.maitre.pid}/task/{self.maitre.pid}/children")
        return [int(pid) for pid in liste.read_text().split()]

    def ouvrier(self, sauf: int = 0) -> int:
        """One of them, once the server answers."""
        limite = time.monotonic() + 60
        while time.monotonic() < limite:
            assert self.maitre.poll() is None, "le serveur s’est arrêté"
            autres = [pid for pid in self.ouvriers() if pid != sauf]
            if autres and self._repond():
                return autres[0]
            time.sleep(0.05)
        raise AssertionError("le serveur ne répond pas")

    def _repond(self) -> bool:
        try:
            with self.prise() as prise:
                prise.sendall(b"GET /etat/vivant/ HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
                return prise.recv(12).endswith(b"204")
        except OSError:
            return False

    def prise(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=60)


@contextmanager
def serveur_lance(dossier: Path, processus: int = 1, fils: int = 2) -> Iterator[Serveur]:
    serveur = Serveur(dossier, processus, fils)
    try:
        yield serveur
    finally:
        serveur.maitre.terminate()
        try:
            serveur.maitre.wait(20)
        except subprocess.TimeoutExpired:
            serveur.maitre.kill()
