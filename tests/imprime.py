"""The text of a produced PDF, as poppler reads it."""

import subprocess


def pages(octets: bytes) -> list[str]:
    """One text a page, in reading order, with plain spaces."""
    lu = subprocess.run(["pdftotext", "-enc", "UTF-8", "-", "-"], input=octets, capture_output=True, check=True).stdout
    return lu.decode().replace("\u00a0", " ").replace("\u202f", " ").split("\f")[:-1]


def texte(octets: bytes) -> str:
    """The whole document on one line."""
    return " ".join(" ".join(pages(octets)).split())
