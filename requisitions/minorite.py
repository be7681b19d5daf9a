"""What the age of the person changes, on the day of reception. Pure.

Under sixteen, or when no appropriate adult answers, the examination of a custody is due from the start; from ten to
thirteen the measure is a retention, never a custody; under ten there is none.
"""

from datetime import date, timedelta

from dossiers.models import Personne
from presentation.temps import age_au

ENFANT, TREIZE, SEIZE, MAJORITE = 10, 13, 16, 18
# Twelve hours, and twelve more by exception (article L. 413-1 of the code of juvenile justice).
RETENUE_LA_PLUS_LONGUE = timedelta(hours=24)


def age_le(personne: Personne | None, jour: date) -> int | None:
    """On that day; the age that was said, when nobody knows the birth date."""
    if personne is None or personne.naissance is None:
        return personne.age if personne else None
    return age_au(personne.naissance, jour)


def est_mineur(age: int | None) -> bool:
    return age is not None and age < MAJORITE


def examen_obligatoire(
    type_acte: str, cadre: str, *, age: int | None, statut: str = "", adulte_injoignable: bool = False
) -> str:
    """Why nobody may leave this person without an examination; empty when it is asked, not due."""
    if type_acte != "EX_GAV" or cadre == "PREFET":
        return ""
    if statut == "retenue_mineur":
        return "retenue d’un mineur de 10 à 13 ans"
    if age is not None and age < SEIZE:
        return "mineur de moins de 16 ans"
    if adulte_injoignable and (age is None or est_mineur(age)):
        return "aucun adulte approprié n’a pu être joint"
    return ""
