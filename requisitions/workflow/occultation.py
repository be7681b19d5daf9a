"""Hiding passages of a medical piece, and the proof asked again before anything leaves."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from convention.acteur import Acteur
from documents import coffre
from documents.coffre import FichierIndisponible
from documents.models import Fichier
from documents.occultation import occulter as masquer_pdf
from documents.poppler import PdfIllisible
from documents.relecture import Trace, Zone, relire, relire_nom, zones_claires
from dossiers.models import Dossier, Piece
from dossiers.suivi import verrouiller
from journal.carnet import noter
from requisitions.models import Tri
from requisitions.policies import peut_donner_accord
from requisitions.workflow.execution import EN_MAINS, trier
from transitions.workflow import TransitionRefusee

PDF_SEUL = "Seul un PDF se masque ici. Imprimez cette pièce en PDF, ou écartez-la."
SANS_PREUVE = "«\u00a0{}\u00a0» a été masquée sans la liste de ce qu’il faut cacher. Le médecin doit refaire la copie."


@transaction.atomic
def occulter(
    *,
    dossier: Dossier,
    acteur: Acteur,
    piece: Piece,
    mots: Sequence[str],
    zones: Sequence[Zone] = (),
    copie: Fichier | None = None,
) -> Tri:
    """Make the masked copy, or take the one made elsewhere; kept only if nothing hidden can be read in it."""
    dossier = verrouiller(dossier)
    verdict = peut_donner_accord(dossier, acteur)
    if not verdict or dossier.etat not in EN_MAINS:
        raise TransitionRefusee(verdict.raison or "Le tri se fait tant que la réponse n’est pas partie.")
    try:
        octets, toutes = _copie(piece, mots, zones, copie)
        traces = relire(octets, mots) + zones_claires(octets, toutes)
    except (PdfIllisible, FichierIndisponible) as refus:
        raise TransitionRefusee(str(refus)) from refus
    if traces:
        raise TransitionRefusee(f"Un passage à masquer reste lisible\u00a0: {_phrase(traces)}. Refaites la copie.")
    fichier = copie or coffre.deposer(octets, extension="pdf", type_mime="application/pdf")
    tri = trier(
        dossier=dossier,
        acteur=acteur,
        piece=piece,
        decision=Tri.Decision.OCCULTER,
        occultee=fichier,
        consigne={"mots": list(mots), "zones": [[z.page, z.gauche, z.haut, z.droite, z.bas] for z in toutes]},
    )
    noter(
        "occulter",
        acteur=acteur,
        objet="piece",
        cle=dossier.cle,
        details={"piece": piece.cle, "mots": len(mots), "zones": len(toutes), "empreinte": fichier.empreinte},
    )
    return tri


def _copie(
    piece: Piece, mots: Sequence[str], zones: Sequence[Zone], copie: Fichier | None
) -> tuple[bytes, tuple[Zone, ...]]:
    if piece.fichier.extension != "pdf" or (copie and copie.extension != "pdf"):
        raise TransitionRefusee(PDF_SEUL)
    if copie:
        return coffre.lire(copie), tuple(zones)
    faite = masquer_pdf(coffre.lire(piece.fichier, piece.dossier.cle), mots, zones)
    return faite.octets, faite.zones


def prouver(pieces: Sequence[Piece]) -> None:
    """Read again, from the vault, every masked copy that leaves; raises TransitionRefusee naming piece and page.

    A word hidden in one piece must not be read in another of the same bundle, nor in a title.
    """
    consignes = {
        piece.pk: piece.tri_origine.consigne for piece in pieces if getattr(piece, "tri_origine", None) is not None
    }
    caches = sorted({mot for consigne in consignes.values() for mot in (consigne or {}).get("mots", [])})
    for rang, piece in enumerate(pieces, start=1):
        nom = f"Pièce médicale n°\u00a0{rang}" if piece.classe == "medical" else piece.intitule
        consigne = consignes.get(piece.pk)
        if piece.pk in consignes and not consigne:
            raise TransitionRefusee(SANS_PREUVE.format(nom))
        if not caches:
            continue
        try:
            traces = _relues(piece, caches, consigne or {})
        except (PdfIllisible, FichierIndisponible) as refus:
            raise TransitionRefusee(f"«\u00a0{nom}\u00a0»\u00a0: {refus}") from refus
        if traces:
            raise TransitionRefusee(
                f"«\u00a0{nom}\u00a0»\u00a0: un passage à masquer reste lisible {_phrase(traces)}. "
                "Le médecin doit refaire la copie, ou écarter la pièce."
            )


def _relues(piece: Piece, caches: Sequence[str], consigne: dict[str, Any]) -> list[Trace]:
    """What remains to be read of a piece: an image has its title alone to be read."""
    if piece.fichier.extension != "pdf":
        return relire_nom(piece.intitule, caches)
    zones = [Zone(int(page), *reste) for page, *reste in consigne.get("zones", [])]
    octets = coffre.lire(piece.fichier, piece.dossier.cle)
    return relire(octets, caches, nom=piece.intitule) + zones_claires(octets, zones)


def _phrase(traces: Sequence[Trace]) -> str:
    return "\u00a0; ".join(str(trace) for trace in traces[:5])
