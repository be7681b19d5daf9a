"""Where a checkout keeps its state, and the variables that its processes receive."""

import base64
import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lanceur.erreurs import LancementImpossible
from lanceur.postgres import Grappe, accessible, compte_du_serveur, ecrire_prive, grappe

RACINE = Path(__file__).resolve().parents[1]


def dossier_d_etat() -> Path:
    """`.demo/` in the checkout; under /var/lib when root's checkout is closed to PostgreSQL's account."""
    compte = compte_du_serveur()
    if compte is None or accessible(RACINE, compte):
        return RACINE / ".demo"
    empreinte = hashlib.sha256(bytes(RACINE)).hexdigest()[:12]
    return Path("/var/lib/trait-d-union") / empreinte


class DejaLance(LancementImpossible):
    """Another launcher holds this state."""


@contextmanager
def verrou(dossier: Path) -> Iterator[None]:
    """One launcher at a time on this state; the kernel frees the lock even if it is killed."""
    dossier.mkdir(parents=True, exist_ok=True)
    with open(dossier / "verrou", "w") as fichier:
        try:
            fcntl.flock(fichier, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as erreur:
            raise DejaLance("La démonstration tourne déjà dans un autre terminal.") from erreur
        yield


def cles(dossier: Path) -> dict[str, str]:
    """The secrets of this checkout, drawn once: losing them makes its encrypted values unreadable."""
    fichier = dossier / "cles.json"
    if not fichier.exists():
        ecrire_prive(fichier, json.dumps(nouvelles_cles()))
    valeurs: dict[str, str] = json.loads(fichier.read_text())
    return valeurs


def nouvelles_cles() -> dict[str, str]:
    return {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "CLE_MAITRESSE": base64.b64encode(secrets.token_bytes(32)).decode(),
        "CLE_INDEX": base64.b64encode(secrets.token_bytes(32)).decode(),
    }


@contextmanager
def base_de_donnees(dossier: Path, *, rapide: bool = False) -> Iterator[dict[str, str]]:
    """Give the database URLs: those of the environment when it has them, else of a cluster run here."""
    if "DATABASE_URL" in os.environ:
        if "DATABASE_URL_PROPRIETAIRE" not in os.environ:
            raise LancementImpossible(
                "DATABASE_URL est donnée sans DATABASE_URL_PROPRIETAIRE : donnez aussi l’adresse du rôle "
                "propriétaire, qui applique les migrations, ou aucune des deux."
            )
        yield {}
        return
    with grappe(dossier, rapide=rapide) as g:
        yield urls(g) | ({"DATABASE_URL_SUPERUTILISATEUR": g.url_superutilisateur} if rapide else {})


def urls(g: Grappe) -> dict[str, str]:
    return {"DATABASE_URL": g.url_web, "DATABASE_URL_PROPRIETAIRE": g.url_proprietaire}
