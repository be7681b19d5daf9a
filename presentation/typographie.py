"""French typography of what people type."""

import re

NBSP = "\u00a0"


def typographier(brut: str) -> str:
    """French typography, so that two spellings of the same words have one hash: ’ and no-break spaces."""
    lignes = [re.sub(r"[ \t]+", " ", ligne).rstrip() for ligne in brut.replace("\r\n", "\n").strip().split("\n")]
    propre = re.sub(r"(?<=\w)'(?=\w)", "’", "\n".join(lignes))
    propre = re.sub(rf"(?<=\S)[ {NBSP}]*(?= [;:!?»%]|{NBSP}[;:!?»%])", "", propre)
    propre = re.sub(r"(?<=\S) (?=[;:!?»%])", NBSP, propre)
    return re.sub(r"« ", f"«{NBSP}", propre)
