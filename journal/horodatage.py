"""RFC 3161: the time-stamping authority signs the root of a witness; `openssl ts` asks and verifies."""

import subprocess
import tempfile
import urllib.request
from pathlib import Path

DELAI = 10


class HorodatageRefuse(Exception):
    """The authority did not answer, or its answer does not verify."""


def _openssl(*arguments: str) -> bytes:
    try:
        return subprocess.run(  # noqa: S603  # fixed program, no shell, our own files
            ["openssl", "ts", *arguments],  # noqa: S607
            check=True,
            capture_output=True,
            timeout=DELAI,
        ).stdout
    except FileNotFoundError as erreur:
        raise HorodatageRefuse("Le programme openssl manque sur ce serveur. Installez-le.") from erreur
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as erreur:
        raise HorodatageRefuse("Ce jeton d’horodatage ne se vérifie pas.") from erreur


def demande(racine: str) -> bytes:
    """The DER request over the 32 bytes of a root."""
    return _openssl("-query", "-digest", racine, "-sha256", "-cert")


def verifier_jeton(racine: str, jeton: bytes, autorite: Path) -> None:
    """Raise HorodatageRefuse unless this answer signs this root under the authority's certificates (PEM)."""
    with tempfile.NamedTemporaryFile(suffix=".tsr") as reponse:
        reponse.write(jeton)
        reponse.flush()
        _openssl("-verify", "-digest", racine, "-in", reponse.name, "-CAfile", str(autorite))


def horodater(racine: str, *, adresse: str, autorite: Path) -> bytes:
    """Ask, verify, return the answer."""
    if not adresse.startswith(("https://", "http://")):
        raise HorodatageRefuse("HORODATAGE_URL doit commencer par https://.")
    requete = urllib.request.Request(  # noqa: S310  # scheme checked above
        adresse, data=demande(racine), headers={"Content-Type": "application/timestamp-query"}
    )
    try:
        with urllib.request.urlopen(requete, timeout=DELAI) as reponse:  # noqa: S310
            jeton: bytes = reponse.read(100_000)
    except OSError as erreur:
        raise HorodatageRefuse("L’autorité d’horodatage ne répond pas.") from erreur
    verifier_jeton(racine, jeton, autorite)
    return jeton
