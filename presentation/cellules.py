"""Cells that a spreadsheet shows and never calculates."""

import re
from typing import Any

# What starts a formula, plain or full width.
_FORMULE = frozenset("=+-@|%\uff1d\uff0b\uff0d\uff20")
_NOMBRE = re.compile(r"^-?\d+(?:[.,]\d+)?$")
_COMMANDE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def neutre(valeur: Any) -> str:
    """The text of one CSV or ODS cell; an apostrophe comes before what a spreadsheet would execute.

    A plain number stays a number; a line break becomes a space, so that one record is one line.
    """
    texte = "" if valeur is None else str(valeur)
    # Behind any blank or invisible character: a spreadsheet, or what cleans a file before it, may drop them.
    premier = next((c for c in texte if c.isprintable() and not c.isspace()), "")
    active = texte.startswith(("\t", "\r", "\n")) or (premier in _FORMULE and not _NOMBRE.match(texte))
    propre = " ".join(_COMMANDE.sub("", texte).replace("\t", " ").splitlines())
    return f"'{propre}" if active else propre
