"""The requester's papers: the signed act, and the copy of what it rests on. They are the unit's, whoever joins them."""

from convention.acteur import Acteur
from documents import coffre
from documents.models import Fichier
from dossiers.classes import Classe
from dossiers.models import Dossier, Piece
from dossiers.pieces import joindre
from requisitions.models import Requisition
from requisitions.policies import est_requerant

ACTE_SIGNE = "Réquisition signée"
APPUI = "Copie de ce qui autorise l’acte"


def joindre_pour_le_requerant(
    dossier: Dossier, lettre: Requisition, intitule: str, fichier: Fichier, acteur: Acteur
) -> None:
    """A piece of the requesting unit never leaves with the answer."""
    joindre(
        dossier=dossier,
        intitule=intitule,
        classe=Classe.JUDICIAIRE,
        fichier=fichier,
        acteur=acteur,
        au_nom_de=lettre.service_requerant,
    )


def est_du_requerant(piece: Piece, acteur: Acteur) -> bool:
    """A colleague of the unit reads again what the unit joined to its own demand."""
    sienne = piece.classe == Classe.JUDICIAIRE and piece.service_id in acteur.services
    return sienne and est_requerant(piece.dossier, acteur)


def joint(dossier: Dossier, intitule: str) -> Fichier | None:
    """The first file of that name in the case."""
    piece = dossier.pieces.filter(intitule=intitule).select_related("fichier").order_by("pk").first()
    return piece.fichier if piece else None


def copie_pour_un_autre(dossier: Dossier, intitule: str) -> Fichier | None:
    """That paper, in a file for another case of the same act."""
    fichier = joint(dossier, intitule)
    return coffre.copier(fichier, dossier.cle) if fichier else None
