"""What is read again at the last moment, and by whom, before anything moves."""

from datetime import datetime

from convention.acteur import Acteur
from dossiers.models import Dossier, Piece
from requisitions.controles import titre_revoque
from requisitions.faits import faits_de
from requisitions.levees import Point
from requisitions.models import Requisition
from requisitions.sortie import noms_relus, preparateurs
from requisitions.titres import vise_par
from requisitions.workflow.levees import tracer_l_urgence
from requisitions.workflow.occultation import prouver
from transitions.workflow import TransitionRefusee

SECOND = "Qui a préparé ces pièces ne les envoie pas\u00a0: une autre personne met la réponse à disposition."
SEUL = Point("seul", "T-13", "La même personne a préparé la réponse et l’a mise à disposition.")


def arret_du_titre(dossier: Dossier, lettre: Requisition) -> str:
    """Why nothing leaves any more on the title it rests on, in words the requester reads; empty while it stands."""
    constat = titre_revoque(faits_de(dossier, lettre))
    return f"{constat.message} Les affaires juridiques vous répondent." if constat else ""


def exiger_le_titre(dossier: Dossier, lettre: Requisition, *, le: datetime | None = None) -> None:
    """A title revoked since the bundle was sealed stops it too; what was handed over before, `le`, was handed over."""
    raison = arret_du_titre(dossier, lettre)
    titre = vise_par(lettre) if raison else None
    avant = le and titre and titre.revoque_le and le < titre.revoque_le
    if raison and not avant:
        raise TransitionRefusee(raison)


def controler_la_sortie(
    dossier: Dossier, lettre: Requisition, pieces: list[Piece], acteur: Acteur, *, nom_relu: bool
) -> dict[str, list[int]]:
    """Hidden words, the name on each medical piece, a second person: in that order."""
    prouver(pieces)
    if acteur.utilisateur_id in preparateurs(dossier, pieces):
        if not lettre.urgence_vitale:
            raise TransitionRefusee(SECOND)
        tracer_l_urgence(dossier, acteur, SEUL)
    controle = noms_relus(dossier, pieces)
    a_relire = sorted(controle["absent"] + controle["illisible"])
    if a_relire and not nom_relu:
        rangs = ", ".join(str(rang) for rang in a_relire)
        raise TransitionRefusee(
            f"Le nom de la personne ne se lit pas dans la pièce n°\u00a0{rangs}. Faites-la relire par le médecin, "
            "puis cochez qu’il l’a relue.",
            champ="nom_relu",
        )
    return controle
