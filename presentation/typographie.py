"""French typography of what people type."""

import re

NBSP = "\u00a0"


def phrase(texte: str) -> str:
    """A sentence that ends once: its own sign when it has one, else a full stop."""
    propre = texte.rstrip()
    nu = propre.rstrip(f"»)”{NBSP} ")
    return propre if not nu or nu[-1] in ".!?…" else f"{propre}."


def typographier(brut: str) -> str:
    """French typography, so that two spellings of the same words have one hash: ’ and no-break spaces."""
    lignes = [re.sub(r"[ \t]+", " ", ligne).rstrip() for ligne in brut.replace("\r\n", "\n").strip().split("\n")]
    propre = re.sub(r"(?<=\w)'(?=\w)", "’", "\n".join(lignes))
    propre = re.sub(rf"(?<=\S)[ {NBSP}]*(?= [;:!?»%]|{NBSP}[;:!?»%])", "", propre)
    propre = re.sub(r"(?<=\S) (?=[;:!?»%])", NBSP, propre)
    return re.sub(r"« ", f"«{NBSP}", propre)
