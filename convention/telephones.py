"""A French number: how it is written down, and which ones exist."""

import re

MESSAGE = "Écrivez un numéro français à 10 chiffres, comme 01 99 00 12 34, ou un numéro d’urgence comme 17."
_NATIONAL = re.compile(r"0[1-9]\d{8}")
_COURT = re.compile(r"1[578]|11[2-9]|1\d{3}|3\d{3}|116\d{3}")
_SANS_ZERO = re.compile(r"[1-9]\d{8}")
_SEPARATEURS = re.compile(r"[\s.\-/()\u00a0\u202f]")


def normaliser(saisie: str) -> str:
    """« 01 99 00 12 34 » of whatever way it was typed; ValueError when no French number reads so."""
    chiffres = _SEPARATEURS.sub("", saisie)
    if chiffres.startswith(("+33", "0033")):
        chiffres = "0" + chiffres.removeprefix("+33").removeprefix("0033").removeprefix("0")
    if _SANS_ZERO.fullmatch(chiffres):
        chiffres = "0" + chiffres  # a spreadsheet takes the first zero of a number away
    if _NATIONAL.fullmatch(chiffres):
        return " ".join(re.findall(r"\d\d", chiffres))
    if _COURT.fullmatch(chiffres):
        return chiffres
    raise ValueError(MESSAGE)
