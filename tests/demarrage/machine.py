"""A machine that holds the declared runtime packages and nothing else, with a database and a Redis of its own."""

import http.cookiejar
import os
import re
import shutil
import socket
import subprocess
import sysconfig
import time
import urllib.parse
import urllib.request
import venv
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import psycopg

from lanceur.environnement import nouvelles_cles
from lanceur.processus import lance
from tests import base_modele
from tests.architecture.depot import RACINE

BASE = "demarrage"
PATIENCE = 120


def attendre(vrai: Callable[[], object], quoi: str) -> None:
    """Poll until true; a condition that never comes fails with its name."""
    limite = time.monotonic() + PATIENCE
    while not vrai():
        assert time.monotonic() < limite, f"{quoi} : rien au bout de {PATIENCE} s."
        time.sleep(0.2)


def poser_les_paquets(dossier: Path) -> Path:
    """A virtual environment with the packages of requirements/base.txt, linked from the one that runs the tests."""
    venv.create(dossier, with_pip=False, symlinks=True)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(dossier)}))
    for ligne in (RACINE / "requirements/base.txt").read_text(encoding="utf-8").splitlines():
        if not (nom := re.match(r"([A-Za-z0-9._-]+)==", ligne)):
            continue
        try:
            paquet = distribution(nom[1])
        except PackageNotFoundError:
            assert ";" in ligne, f"{nom[1]} est verrouillé et n’est pas installé."
            continue
        for fichier in paquet.files or ():
            if ".." in fichier.parts:  # a command, not a module
                continue
            cible = site / fichier
            cible.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(paquet.locate_file(fichier), cible)
    return dossier / "bin/python"


class Machine:
    """Runs the product's commands in that environment; `adresse` answers once `servir` was called."""

    def __init__(self, python: Path, environnement: dict[str, str], port: int) -> None:
        self.python, self.environnement, self.port = str(python), environnement, port
        self.adresse = f"http://127.0.0.1:{port}"
        self.cookies = http.cookiejar.CookieJar()
        self.navigateur = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def commander(self, *commande: str, **variables: str) -> str:
        fini = subprocess.run(
            [self.python, *commande],
            env=self.environnement | variables,
            cwd=RACINE,
            capture_output=True,
            text=True,
            check=False,
        )
        assert fini.returncode == 0, fini.stdout + fini.stderr
        return fini.stdout

    @contextmanager
    def servir(self) -> Iterator[None]:
        web = ["-m", "gunicorn", "config.wsgi", "-b", f"127.0.0.1:{self.port}", "--worker-class", "gthread"]
        web += ["--workers", "1", "--threads", "2", "--log-level", "warning", "--no-control-socket"]
        with ExitStack() as pile:
            pile.enter_context(lance([self.python, "manage.py", "travailleur"], self.environnement, RACINE))
            pile.enter_context(lance([self.python, *web], self.environnement, RACINE))
            attendre(self._ecoute, "Le serveur web")
            yield

    def _ecoute(self) -> bool:
        with socket.socket() as prise:
            return prise.connect_ex(("127.0.0.1", self.port)) == 0

    def lire(self, chemin: str) -> tuple[int, bytes]:
        with self.navigateur.open(self.adresse + chemin, timeout=60) as reponse:
            return reponse.status, reponse.read()

    def envoyer(self, chemin: str, page: str | None = None, **champs: str) -> tuple[str, bytes]:
        """Post the form of `page` as a browser does; returns where it led and what is there."""
        jeton = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', self.lire(page or chemin)[1])
        assert jeton is not None
        corps = urllib.parse.urlencode({"csrfmiddlewaretoken": jeton[1].decode(), **champs}).encode()
        requete = urllib.request.Request(self.adresse + chemin, corps, {"Referer": self.adresse + (page or chemin)})  # noqa: S310
        with self.navigateur.open(requete, timeout=60) as reponse:
            return urllib.parse.urlsplit(reponse.geturl()).path, reponse.read()

    def sql(self, requete: str) -> list[tuple[object, ...]]:
        """As the superuser of the tests' cluster."""
        url = dans_la_base(os.environ["DATABASE_URL_SUPERUTILISATEUR"])
        with psycopg.connect(url, autocommit=True) as connexion:
            curseur = connexion.execute(requete)
            return curseur.fetchall() if curseur.description else []


def dans_la_base(url: str) -> str:
    """The same server and role, in the database of this machine."""
    return re.sub(r"(?<=/)[^/?]+(?=\?|$)", BASE, url, count=1)


def port_libre() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port: int = prise.getsockname()[1]
        return port


@contextmanager
def machine(dossier: Path) -> Iterator[Machine]:
    """Everything but the data, on the schema that the run has migrated already; gone at the end."""
    mot_de_passe, port_redis, port_web = "essai-de-demarrage", port_libre(), port_libre()
    redis = ["redis-server", "--bind", "127.0.0.1", "--port", str(port_redis), "--requirepass", mot_de_passe]
    redis += ["--save", "", "--appendonly", "no", "--dir", str(dossier), "--logfile", str(dossier / "redis.log")]
    propres = {nom: valeur for nom, valeur in os.environ.items() if not nom.startswith(("PYTEST", "PYTHON", "DJANGO"))}
    propres |= nouvelles_cles() | {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "MODE_DEMONSTRATION": "1",
        "ADRESSE_PUBLIQUE": f"http://127.0.0.1:{port_web}",
        "DOSSIER_FICHIERS": str(dossier / "fichiers"),
        "REDIS_URL": f"redis://:{mot_de_passe}@127.0.0.1:{port_redis}/0",
        "DATABASE_URL": dans_la_base(os.environ["DATABASE_URL"]),
        "DATABASE_URL_PROPRIETAIRE": dans_la_base(os.environ["DATABASE_URL_PROPRIETAIRE"]),
    }
    python = poser_les_paquets(dossier / "venv")
    superutilisateur = os.environ["DATABASE_URL_SUPERUTILISATEUR"]
    with psycopg.connect(superutilisateur, autocommit=True) as connexion:
        base_modele.copier(connexion, BASE, proprietaire="proprietaire")
    with lance(redis, dict(os.environ), dossier):
        try:
            yield Machine(python, propres, port_web)
        finally:
            with psycopg.connect(superutilisateur, autocommit=True) as connexion:
                connexion.execute(f"DROP DATABASE IF EXISTS {BASE} WITH (FORCE)")
