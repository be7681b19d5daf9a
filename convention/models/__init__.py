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
from convention.models.mandat import Delegation, Mandat
from convention.models.partie import Denonciation, Partie, Resiliation
from convention.models.rattachement import Permanence, Rattachement
from convention.models.version import Signature, VersionConvention

__all__ = [
    "Contact",
    "Convention",
    "Delegation",
    "DemandeDouble",
    "Denonciation",
    "Habilitation",
    "Institution",
    "LigneRevue",
    "Mandat",
    "Partie",
    "Permanence",
    "Rattachement",
    "Resiliation",
    "RevueDroits",
    "Service",
    "Signataire",
    "Signature",
    "SuiviCompte",
    "VersionConvention",
]
