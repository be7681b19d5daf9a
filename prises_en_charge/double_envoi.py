"""The same page sent twice gives the same case; sent with another content, it is refused (REL-05)."""

from collections.abc import Mapping
from typing import Any

from dossiers.models import Dossier
from prises_en_charge.models import Extraction
from transitions.workflow import DejaEnvoye


def deja_envoyee(deja: Extraction, champs: Mapping[str, Any]) -> Dossier:
    if any(getattr(deja, nom) != valeur for nom, valeur in champs.items()):
        raise DejaEnvoye(
            f"Cette page a déjà envoyé la demande {deja.dossier.reference}. Ce que vous venez de changer n’est pas"
            " parti\u00a0: ouvrez cette demande, ou recommencez depuis «\u00a0Demander une extraction\u00a0»."
        )
    return deja.dossier
