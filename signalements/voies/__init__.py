"""The registry of voies that can be carried out online. A new voie is a module here and a line below."""

from signalements.voies import majeur_avec_accord, vc_sans_accord
from signalements.voies.modele import Condition, Voie

VOIES: dict[str, Voie] = {voie.code: voie for voie in (vc_sans_accord.VOIE, majeur_avec_accord.VOIE)}


def voie_de(code: str) -> Voie:
    return VOIES[code]


def par_adresse(situation: str) -> Voie | None:
    """The voie of an address, or None when it is not online yet."""
    return VOIES.get(situation.upper().replace("-", "_"))


__all__ = ["VOIES", "Condition", "Voie", "par_adresse", "voie_de"]
