"""The registry of voies that can be carried out online. A new voie is a module here and a line below."""

from signalements.voies import (
    arme_prefet,
    cmi,
    disparition,
    majeur_avec_accord,
    majeur_vulnerable_ars,
    majeur_vulnerable_pr,
    mineur_ip,
    mineur_signalement,
    msf,
    non_excision,
    peril_tiers,
    plainte_simplifiee,
    radicalisation_mineur,
    traite,
    vc_sans_accord,
    vulnerabilite,
)
from signalements.voies.modele import Condition, Voie

_MODULES = (
    vc_sans_accord,
    majeur_avec_accord,
    mineur_signalement,
    mineur_ip,
    majeur_vulnerable_pr,
    majeur_vulnerable_ars,
    msf,
    disparition,
    arme_prefet,
    plainte_simplifiee,
    traite,
    radicalisation_mineur,
    peril_tiers,
)
VOIES: dict[str, Voie] = {module.VOIE.code: module.VOIE for module in _MODULES}


# Written here and handed over: they have no recipient, so they are none of the routes that transmit.
EN_MAIN_PROPRE: dict[str, Voie] = {module.VOIE.code: module.VOIE for module in (cmi, non_excision, vulnerabilite)}


def voie_de(code: str) -> Voie:
    return VOIES.get(code) or EN_MAIN_PROPRE[code]


def par_adresse(situation: str) -> Voie | None:
    """The voie of an address, or None when it is not online yet."""
    code = situation.upper().replace("-", "_")
    return VOIES.get(code) or EN_MAIN_PROPRE.get(code)


__all__ = ["EN_MAIN_PROPRE", "VOIES", "Condition", "Voie", "par_adresse", "voie_de"]
