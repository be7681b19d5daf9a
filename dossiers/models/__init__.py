"""The case kernel's tables: the envelope, who takes part, and what hangs on it."""

from dossiers.models.acces import BrisDeGlace
from dossiers.models.brouillon import Brouillon
from dossiers.models.conservation import Conservation, DecisionConservation, MiseEnAttente, RegleConservation
from dossiers.models.contenu import Lettre, Message, Personne, Piece
from dossiers.models.dossier import Compteur, Dossier, Lien
from dossiers.models.papier import ReprisePapier
from dossiers.models.participation import Exclusion, Participation, ParticipationPersonnelle
from dossiers.models.suivi import Echeance, Evenement
from dossiers.models.vue import VueGardee

__all__ = [
    "BrisDeGlace",
    "Brouillon",
    "Compteur",
    "Conservation",
    "DecisionConservation",
    "Dossier",
    "Echeance",
    "Evenement",
    "Exclusion",
    "Lettre",
    "Lien",
    "Message",
    "MiseEnAttente",
    "Participation",
    "ParticipationPersonnelle",
    "Personne",
    "Piece",
    "RegleConservation",
    "ReprisePapier",
    "VueGardee",
]
