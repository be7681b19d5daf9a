"""The two doctrines of a medical record (§2.6), chosen by the establishment with its counsel.

`SAISIE`: a record never leaves but by seizure. `ACCORD`: it leaves with the doctor's written agreement, before the
Ordre's representative when `ORDRE_SI_ACCORD` says so.
"""

from django.conf import settings

SAISIE, ACCORD = "SAISIE", "ACCORD"


def saisie_seulement() -> bool:
    return bool(settings.DOCTRINE_DOSSIER == SAISIE)


def ordre_attendu(variante: str) -> bool:
    """Whether the Ordre is summoned for this act."""
    return variante == "SAISIE" or (variante == "DOSSIER" and bool(settings.ORDRE_SI_ACCORD))
