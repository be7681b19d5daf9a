"""Who is bound, until when, who acts for whom, and how rights are given and reviewed."""

from convention.models.accord import Convention, Signataire
from convention.models.habilitation import (
    DemandeDouble,
    Habilitation,
    LigneRevue,
    RevueDroits,
    SuiviCompte,
)
from convention.models.institution import Contact, Institution, Service
from convention.models.rattachement import Permanence, Rattachement

__all__ = [
    "Contact",
    "Convention",
    "DemandeDouble",
    "Habilitation",
    "Institution",
    "LigneRevue",
    "Permanence",
    "Rattachement",
    "RevueDroits",
    "Service",
    "Signataire",
    "SuiviCompte",
]
