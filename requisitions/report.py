"""An answer that cannot be given in time is postponed, with a coded ground and a new hour (§2.3)."""

from datetime import timedelta

from accounts.roles import Role
from convention.acteur import Acteur
from dossiers.models import Dossier, Echeance
from requisitions.etats import AFFECTEE, EN_CONTROLE, EN_EXECUTION, VALIDEE
from requisitions.policies import JURIDIQUES, agit
from requisitions.types_acte import Famille, codes
from transitions.verdict import OUI, Verdict, non

REPORTABLES = frozenset({EN_CONTROLE, VALIDEE, AFFECTEE, EN_EXECUTION})
AU_PLUS = timedelta(days=30)
# Read by the requester: coded, so that no word of it says who is cared for, nor where.
MOTIFS = {
    "materielle": "impossibilité matérielle",
    "force_majeure": "force majeure",
    "absence": "personne compétente indisponible",
}
# Examinations only: the requester brings the person, and learns nothing of who is cared for.
SOINS = {"soins": "soins urgents en cours"}


def motifs_possibles(type_acte: str) -> dict[str, str]:
    return MOTIFS | SOINS if type_acte in codes(Famille.EXAMEN) else MOTIFS


def en_cours(dossier: Dossier) -> Echeance | None:
    """The answer still due, its clock running."""
    return dossier.echeances.filter(nom="reponse", tenue_le=None, suspendue_le=None).first()


def peut_reporter(dossier: Dossier, acteur: Acteur) -> Verdict:
    if not agit(dossier, acteur, Role.JURISTE, Role.GARDE):
        return non(JURIDIQUES)
    if dossier.etat not in REPORTABLES or en_cours(dossier) is None:
        return non("Aucune réponse n’est attendue à une heure donnée.")
    return OUI
