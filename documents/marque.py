"""The mark of one copy, written where each format allows a remark: taken away, the content is again what it was.

A signed PDF, a sealed file and a part of an archive stay as they are: their own bytes are the proof.
"""

import re
import struct

PREFIXE = "Remise "
_FIN_PDF, _LIGNE = b"\n%", b"# "
_RENVOI = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_FIN_ZIP, _ENTETE_ZIP = b"PK\x05\x06", 20
_ZIPS = ("application/zip", "application/vnd.oasis.opendocument.spreadsheet")


def marquer(octets: bytes, type_mime: str, mention: str) -> bytes:
    """The same content with a remark; unchanged when its format has no place for one."""
    genre, remarque = type_mime.partition(";")[0], f"{PREFIXE}{mention}".encode("ascii")
    fin = _RENVOI.search(octets[-100:]) if genre == "application/pdf" else None
    if fin and b"/ByteRange" not in octets:
        # The way to its table of contents is said again: some readers look for it just before the end.
        return octets + _FIN_PDF + remarque + b"\nstartxref\n" + fin[1] + b"\n%%EOF\n"
    if genre in _ZIPS and octets[-22:-18] == _FIN_ZIP and octets.endswith(b"\0\0"):
        return octets[:-2] + struct.pack("<H", len(remarque)) + remarque
    if genre == "text/csv" and octets.endswith(b"\n"):
        return octets + _LIGNE + remarque + b"\r\n"
    return octets


def demarquer(octets: bytes) -> tuple[bytes, str]:
    """The content before its mark, and the mark; empty when there is none."""
    for debut in (_FIN_PDF, _LIGNE):
        place = octets.rfind(debut + PREFIXE.encode())
        if place >= 0 and not octets.startswith(b"PK"):
            ligne = octets[place + len(debut) :].split(b"\n")[0]
            return octets[:place], _mention(ligne)
    place = octets.rfind(_FIN_ZIP)
    if octets.startswith(b"PK") and place >= 0 and octets[place + 22 :].startswith(PREFIXE.encode()):
        return octets[: place + _ENTETE_ZIP] + b"\0\0", _mention(octets[place + 22 :])
    return octets, ""


def est_une_marque(cellule: str) -> bool:
    """The last row of an exported table, given back by an import."""
    return cellule.startswith(f"{_LIGNE.decode()}{PREFIXE}")


def _mention(remarque: bytes) -> str:
    return remarque.decode("ascii", errors="replace").strip().removeprefix(PREFIXE)
