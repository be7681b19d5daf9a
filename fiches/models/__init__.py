"""What was agreed: the thematic sheets, their versions, and what each partner says of them."""

from fiches.models.accuse import AccuseLecture
from fiches.models.avis import Remarque, ReponseRemarque, Visa
from fiches.models.consultation import ConsultationSecret, EbaucheArbre
from fiches.models.fiche import Fiche, Thematique, VersionFiche
from fiches.models.groupe import MembreGroupe
from fiches.models.recueil import ExportRecueil
from fiches.models.redaction import Redaction, VerrouRedaction
from fiches.models.reference import ReferenceLegale

__all__ = [
    "AccuseLecture",
    "ConsultationSecret",
    "EbaucheArbre",
    "ExportRecueil",
    "Fiche",
    "MembreGroupe",
    "Redaction",
    "ReferenceLegale",
    "Remarque",
    "ReponseRemarque",
    "Thematique",
    "VerrouRedaction",
    "VersionFiche",
    "Visa",
]
