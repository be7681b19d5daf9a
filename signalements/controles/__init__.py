"""The numbered controls of the domain, pure functions over frozen facts: what holds an online sending, never care."""

from signalements.controles import (  # noqa: F401  they register
    autorites,
    basculement,
    certificat,
    confidentialite,
    protection,
    qualification,
    redaction,
    sans_patient,
    surete,
    transmission,
    violence,
)
from signalements.controles.socle import CONTROLES, COUPLE, SOIGNANTS, Faits, controler

__all__ = ["CONTROLES", "COUPLE", "SOIGNANTS", "Faits", "controler"]
