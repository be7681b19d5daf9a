"""What is read again at the last moment, and by whom, before anything moves."""

from convention.acteur import Acteur
from dossiers.models import Dossier, Piece
from requisitions.models import Requisition
from requisitions.sortie import noms_relus, preparateurs
from requisitions.workflow.occultation import prouver
from transitions.workflow import TransitionRefusee

SECOND = "Ces pièces sont médicales : une autre personne que celle qui les a préparées met la réponse à disposition."


def controler_la_sortie(
    dossier: Dossier, lettre: Requisition, pieces: list[Piece], acteur: Acteur, *, nom_relu: bool
) -> dict[str, list[int]]:
    """Hidden words, the name on each medical piece, a second person: in that order."""
    prouver(pieces)
    if acteur.utilisateur_id in preparateurs(dossier, pieces) and not lettre.urgence_vitale:
        raise TransitionRefusee(SECOND)
    controle = noms_relus(dossier, pieces)
    if controle["absent"] and not nom_relu:
        rangs = ", ".join(str(rang) for rang in controle["absent"])
        raise TransitionRefusee(
            f"Le nom de la personne ne se lit pas dans la pièce n°\u00a0{rangs}. Faites-la relire par le médecin, "
            "puis cochez qu’il l’a relue."
        )
    return controle
