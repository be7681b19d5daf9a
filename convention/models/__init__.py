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
from convention.models.mandat import Delegation, Mandat, PriseDeFonction
from convention.models.manifestation import Etape, Manifestation, Stand
from convention.models.partie import Denonciation, Partie, Resiliation
from convention.models.programme import Action, Axe, Indicateur, Releve
from convention.models.rattachement import Rattachement
from convention.models.version import Signature, VersionConvention

__all__ = [
    "Action",
    "Axe",
    "Contact",
    "Convention",
    "CorrectionAnnuaire",
    "Delegation",
    "DemandeDouble",
    "Denonciation",
    "Etape",
    "Habilitation",
    "ImportAnnuaire",
    "Indicateur",
    "Institution",
    "LigneRevue",
    "Mandat",
    "Manifestation",
    "Partie",
    "Permanence",
    "PriseDeFonction",
    "Rattachement",
    "Releve",
    "Resiliation",
    "RevueDroits",
    "Service",
    "Signataire",
    "Signature",
    "Stand",
    "SuiviCompte",
    "VersionConvention",
]
