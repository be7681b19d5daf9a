"""A sealed file cut for systems that refuse more than 5 MB: numbered parts, and the sheet that puts them together."""

import hashlib
from collections.abc import Iterator
from uuid import UUID

from documents import coffre
from documents.flux import Lecteur
from documents.models import Fichier

PARTIE = 5_000_000


def nombre(fichier: Fichier) -> int:
    return -(-fichier.taille // PARTIE)


def nom_de(nom: str, extension: str, rang: int) -> str:
    return f"{nom}.{extension}.{rang:03d}"


def partie(fichier: Fichier, rang: int, attache: UUID | None) -> bytes:
    """Part `rang`, from 1; raises FichierIndisponible when there is none."""
    if not 1 <= rang <= nombre(fichier):
        raise coffre.FichierIndisponible(f"Cette partie n’existe pas\u00a0: le pli en compte {nombre(fichier)}.")
    with coffre.ouvrir(fichier, attache) as flux:
        flux.seek((rang - 1) * PARTIE)
        return b"".join(_exactement(flux, PARTIE))


def _exactement(flux: Lecteur, reste: int) -> Iterator[bytes]:
    while reste and (morceau := flux.read(reste)):
        reste -= len(morceau)
        yield morceau


def notice(fichier: Fichier, nom: str, attache: UUID | None) -> str:
    """Names, sizes and hashes of the parts, and how to rebuild and check the whole without any tool of ours."""
    total = nombre(fichier)
    noms = [nom_de(nom, fichier.extension, rang) for rang in range(1, total + 1)]
    lignes = [
        f"{nom}.{fichier.extension} : {fichier.taille} octets, parties : {total}",
        f"SHA-256 de l’ensemble : {fichier.empreinte}",
        "",
    ]
    for rang, nom_partie in enumerate(noms, start=1):
        octets = partie(fichier, rang, attache)
        lignes.append(f"{nom_partie}  {len(octets)} octets  SHA-256 {hashlib.sha256(octets).hexdigest()}")
    lignes += [
        "",
        "Reconstituer sous Windows, dans une invite de commandes :",
        f"  copy /b {' + '.join(noms)} {nom}.{fichier.extension}",
        f"  certutil -hashfile {nom}.{fichier.extension} SHA256",
        "Reconstituer sous Linux ou macOS :",
        f"  cat {' '.join(noms)} > {nom}.{fichier.extension}",
        f"  sha256sum {nom}.{fichier.extension}",
        "",
    ]
    return "\r\n".join(lignes)
