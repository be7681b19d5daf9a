"""Recorded pictures and imaging: containers walked from end to end, without decoding a frame."""

import io

from documents.flux import Source

_PISTES, _IMAGES = b"moov", b"mdat"


def entiere(flux: Source, extension: str) -> bool:
    """Whether the file is, to its last byte, the container that its name says."""
    taille = flux.seek(0, io.SEEK_END)
    flux.seek(0)
    return {"mp4": _iso, "mov": _iso, "avi": _riff, "mkv": _matroska, "dcm": _dicom}[extension](flux, taille)


def _iso(flux: Source, taille: int) -> bool:
    place, vues = 0, set()
    while place < taille:
        flux.seek(place)
        entete = flux.read(16)
        longueur, genre = int.from_bytes(entete[:4], "big"), entete[4:8]
        if longueur == 1:
            longueur = int.from_bytes(entete[8:16], "big")
        elif longueur == 0:
            longueur = taille - place
        if longueur < 8 or not genre.isalnum():
            return False
        vues.add(genre)
        place += longueur
    return place == taille and {_PISTES, _IMAGES} <= vues


def _riff(flux: Source, taille: int) -> bool:
    place = 0
    while place < taille:
        flux.seek(place)
        entete = flux.read(12)
        if entete[:4] != b"RIFF" or entete[8:12] not in {b"AVI ", b"AVIX"}:
            return False
        longueur = int.from_bytes(entete[4:8], "little")
        place += 8 + longueur + longueur % 2
    return place in {taille, taille + 1}


def _matroska(flux: Source, taille: int) -> bool:
    tete = flux.read(4096)
    return tete.startswith(b"\x1a\x45\xdf\xa3") and b"\x18\x53\x80\x67" in tete and b"matroska" in tete[:64]


def _dicom(flux: Source, taille: int) -> bool:
    """The preamble, the mark, then the group that says what the rest is."""
    tete = flux.read(140)
    return taille > len(tete) == 140 and tete[128:134] == b"DICM\x02\x00"
