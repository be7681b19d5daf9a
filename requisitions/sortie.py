"""The exit control: what the tool reads again of what leaves, and who may not be the one who sends it."""

from collections.abc import Sequence

from documents import coffre
from documents.poppler import PdfIllisible
from documents.relecture import se_lit
from dossiers.classes import Classe
from dossiers.models import Dossier, Piece
from requisitions.models import AccordMedecin, Volet
from requisitions.types_acte import type_acte


def noms_relus(dossier: Dossier, pieces: Sequence[Piece]) -> dict[str, list[int]]:
    """The ranks of the medical pieces where the name asked for is read, where it is not, where nothing can be read.

    Legal affairs do not open them: a piece of another patient would leave unseen.
    """
    trouves: dict[str, list[int]] = {"lu": [], "absent": [], "illisible": []}
    personne = dossier.personnes.first()
    for rang, piece in enumerate(pieces, start=1):
        if personne is None or piece.classe != Classe.MEDICAL:
            continue
        lu = _lit(piece, personne.nom)
        trouves["illisible" if lu is None else "lu" if lu else "absent"].append(rang)
    return trouves


def _lit(piece: Piece, nom: str) -> bool | None:
    if piece.fichier.extension != "pdf":
        return None
    try:
        return se_lit(coffre.lire(piece.fichier, piece.dossier.cle), nom)
    except PdfIllisible:
        return None


def preparateurs(dossier: Dossier, pieces: Sequence[Piece]) -> set[int]:
    """Who brought, sorted or wrote the medical pieces, or made a list of patients: somebody else sends them."""
    medicales = [piece for piece in pieces if piece.classe == Classe.MEDICAL]
    if not medicales and not type_acte(dossier.variante).criteres:
        return set()
    qui = {piece.deposee_par_id for piece in medicales}
    qui |= {piece.tri.relue_par_id for piece in medicales if hasattr(piece, "tri")}
    repondus = dossier.accords.exclude(choix=AccordMedecin.Choix.SILENCE)  # recorded, not answered, by legal affairs
    qui |= set(repondus.values_list("donne_par_id", flat=True))
    qui |= set(Volet.objects.filter(dossier=dossier).values_list("rempli_par_id", flat=True))
    return {cle for cle in qui if cle is not None}
