"""The documents of a case as one reader may have them: a link, a closed line, or why they are no more to be had."""

from types import SimpleNamespace as Objet

from django.urls import reverse
from django.utils import timezone

from convention.acteur import Acteur
from dossiers.models import Dossier, Piece
from dossiers.pieces import lisible
from presentation.temps import NBSP, moment_fr
from requisitions.disponibilite import arret_des_pieces
from requisitions.models import Tri


def pieces(dossier: Dossier, acteur: Acteur, *, inventaire: bool) -> list[Objet]:
    """The documents: a link where the reader may open, a closed line where they only see the inventory."""
    lignes: list[Objet] = []
    medicales, arrets = 0, arret_des_pieces(dossier, acteur)
    requete = dossier.pieces.select_related("fichier", "service", "tri", "tri_origine", "dossier").prefetch_related(
        "remise_a"
    )
    for piece in requete:
        ouvrable = lisible(piece, acteur)
        medicales += piece.classe == "medical"
        if ouvrable or inventaire:
            lignes.append(_ligne_piece(piece, acteur, ouvrable, medicales, arrets.get(piece.pk, "")))
    return lignes


def _ligne_piece(piece: Piece, acteur: Acteur, ouvrable: bool, rang: int, arret: str) -> Objet:
    fichier = piece.fichier
    taille = f"{max(1, fichier.taille // 1024)}{NBSP}Ko"
    qui = "produit par l’outil" if piece.document_id else piece.service.nom_pour(next(iter(acteur.institutions), None))
    quand = moment_fr(piece.deposee_le, timezone.now())
    trace = f"{fichier.empreinte[:4]}…{fichier.empreinte[-4:]}"
    precision = f"{fichier.extension.upper()}, {taille} · {qui}, {quand} · empreinte {trace}"
    medicale = piece.classe == "medical"
    return Objet(
        libelle=piece.intitule if ouvrable or not medicale else f"Pièce médicale n°{NBSP}{rang}",
        precision=precision + (" · contenu réservé au médecin" if medicale and not ouvrable else ""),
        mention=arret or fichier.mention,
        url=reverse("dossiers:piece", args=[piece.cle]) if ouvrable and fichier.servi and not arret else "",
        action="Ouvrir",
        reserve=not ouvrable,
        etat=_etat_piece(piece) if medicale else None,
    )


def _etat_piece(piece: Piece) -> Objet:
    if hasattr(piece, "tri_origine"):
        return Objet(libelle="Copie occultée", ton="ok", icone="check")
    tri = getattr(piece, "tri", None)
    if tri is None:
        return Objet(libelle="À relire", ton="warn", icone="circle")
    if tri.decision == Tri.Decision.REMETTRE:
        return Objet(libelle="Retenue", ton="ok", icone="check")
    return Objet(libelle="Écartée" if tri.decision == Tri.Decision.ECARTER else "Occultée", ton="mute", icone="cross")
