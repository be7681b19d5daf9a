"""The criteria of a search without a name, in words. Pure."""

from types import SimpleNamespace
from typing import Any

from requisitions.models import Requisition

SEXES = dict(Requisition.Sexe.choices)


def en_mots(lue: Requisition | SimpleNamespace) -> str:
    """What whoever searches reads: sign, sex, age."""
    sexe = SEXES[lue.critere_sexe] if lue.critere_sexe and lue.critere_sexe != Requisition.Sexe.INCONNU else ""
    return ", ".join(mot for mot in (lue.critere_signe, sexe.lower(), _age(lue)) if mot)


def _age(lue: Any) -> str:
    debut, fin = lue.critere_age_min, lue.critere_age_max
    if debut is not None and fin is not None:
        return f"{debut} à {fin}\u00a0ans"
    if debut is not None:
        return f"{debut}\u00a0ans ou plus"
    return f"{fin}\u00a0ans ou moins" if fin is not None else ""


def manquants(r: Requisition) -> list[str]:
    """What the domain wants precise and the demand does not say (§2.4: hour, age, sex, injury)."""
    dits = {
        "heure": bool(r.periode_du and r.periode_au),
        "âge": r.critere_age_min is not None or r.critere_age_max is not None,
        "sexe": bool(r.critere_sexe) and r.critere_sexe != Requisition.Sexe.INCONNU,
        "blessure ou signe": bool(r.critere_signe.strip()),
    }
    return [nom for nom, dit in dits.items() if not dit]
