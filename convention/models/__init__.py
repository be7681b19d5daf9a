"""Who is bound, until when, who acts for whom, and how rights are given and reviewed."""

from convention.models.accord import Convention, Signataire
from convention.models.annuaire import Contact, CorrectionAnnuaire, ImportAnnuaire, Permanence
from convention.models.habilitation import (
    DemandeDouble,
    Habilitation,
    LigneRevue,
    RevueDroits,
    SuiviCompte,
)
from convention.models.institution import Institution, Service
from convention.models.rattachement import Rattachement

__all__ = [
    "Contact",
    "Convention",
    "CorrectionAnnuaire",
    "DemandeDouble",
    "Habilitation",
    "ImportAnnuaire",
    "Institution",
    "LigneRevue",
    "Permanence",
    "Rattachement",
    "RevueDroits",
    "Service",
    "Signataire",
    "SuiviCompte",
]
