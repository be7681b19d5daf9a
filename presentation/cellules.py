"""Cells that a spreadsheet shows and never calculates."""

import re
from typing import Any

# What starts a formula, plain or full width, behind any blank or invisible character.
_FORMULE = re.compile(
    r"^[\s\x00-\x1f\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]"
)
_NOMBRE = re.compile(r"^-?\d+(?:[.,]\d+)?$")
_COMMANDE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def neutre(valeur: Any) -> str:
    """The text of one CSV or ODS cell; an apostrophe comes before what a spreadsheet would execute.

    A plain number stays a number; a line break becomes a space, so that one record is one line.
    """
    texte = "" if valeur is None else str(valeur)
    active = texte.startswith(("\t", "\r", "\n")) or (bool(_FORMULE.match(texte)) and not _NOMBRE.match(texte))
    propre = " ".join(_COMMANDE.sub("", texte).replace("\t", " ").splitlines())
    return f"'{propre}" if active else propre
