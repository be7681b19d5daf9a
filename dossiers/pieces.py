"""Pieces: who may download what, and the streaming of the clear bytes as an attachment."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from accounts.elevation import eleve
from convention.acteur import Acteur
from convention.models import Service
from convention.requete import Requete
from documents.coffre import FichierIndisponible, rattacher
from documents.envoi import servir
from documents.models import Document, Fichier
from documents.reception import MAX_PAR_DOSSIER
from dossiers.classes import Classe, recoit
from dossiers.models import Dossier, Piece
from dossiers.registre import type_de
from journal.carnet import noter
from transitions.workflow import TransitionRefusee


def joindre(
    *,
    dossier: Dossier,
    intitule: str,
    classe: Classe,
    fichier: Fichier,
    acteur: Acteur,
    document: Document | None = None,
    remise_a: Any = (),
    au_nom_de: Service | None = None,
) -> Piece:
    """Attach a file; `remise_a` lists the services it is addressed to, `au_nom_de` is the service whose piece it is."""
    place = acteur.principale
    if place is None:
        raise ValueError("Une pièce se dépose au titre d’un service.")
    if document is None and dossier.pieces.filter(document=None).count() >= MAX_PAR_DOSSIER:
        raise TransitionRefusee(f"Ce dossier a déjà {MAX_PAR_DOSSIER} pièces. Regroupez-les en un seul PDF.")
    rattacher(fichier, dossier.cle)
    piece = Piece.objects.create(
        dossier=dossier,
        intitule=intitule,
        classe=classe,
        fichier=fichier,
        document=document,
        deposee_par_id=acteur.utilisateur_id,
        service_id=au_nom_de.pk if au_nom_de else place.service_id,
    )
    if remise_a:
        piece.remise_a.set(remise_a)
    return piece


def lisible(piece: Piece, acteur: Acteur) -> bool:
    """Addressed to the reader's service, deposited by the reader or for their unit, or of a class they receive and the
    case type lets them read.

    The case itself must already be visible.
    """
    if piece.deposee_par_id == acteur.utilisateur_id:
        return True
    if any(service.pk in acteur.services for service in piece.remise_a.all()):
        return True
    genre = type_de(piece.dossier)
    recue = recoit(acteur.roles, Classe(piece.classe)) and genre.peut_lire_piece(piece, acteur)
    return recue or genre.piece_propre(piece, acteur)


def a_confirmer(piece: Piece, acteur: Acteur) -> bool:
    """Whether the reader must have just proved who they are: a piece under cover, addressed to their service."""
    if piece.deposee_par_id == acteur.utilisateur_id:
        return False
    return any(service.pk in acteur.services for service in piece.remise_a.all())


def telecharger(request: Requete, cle: UUID) -> HttpResponseBase:
    """Serve a piece as an attachment under an opaque name; the download is journalled before the first byte."""
    acteur = request.acteur
    visibles = Dossier.objects.visibles_par(acteur)
    piece = (
        Piece.objects.filter(cle=cle, dossier__in=visibles)
        .select_related("fichier", "dossier")
        .prefetch_related("remise_a")
        .first()
    )
    if piece is None or not lisible(piece, acteur):
        raise Http404
    if arret := type_de(piece.dossier).arret_des_pieces(piece.dossier, acteur).get(piece.pk):
        raise PermissionDenied(arret)  # seen, refused with its reason, and journalled as such
    if not piece.fichier.servi:
        return _indisponible(request, piece.fichier.mention)
    return _confirmee(request, piece=piece) if a_confirmer(piece, acteur) else _servir(request, piece=piece)


def _servir(request: Requete, *, piece: Piece) -> HttpResponseBase:
    try:
        nom = f"{piece.dossier.reference or 'piece'}-{str(piece.cle)[:8]}"
        reponse = servir(piece.fichier, nom, piece.dossier.cle)
    except FichierIndisponible as erreur:
        return _indisponible(request, str(erreur))
    details = {"piece": piece.cle}
    noter("telecharger", acteur=request.acteur, objet="piece", cle=piece.dossier.cle, details=details)
    return reponse


_confirmee = eleve(_servir)


def _indisponible(request: Requete, mention: str) -> HttpResponse:
    """A page for who may read the piece and cannot yet, or no more; nothing of the file is in it."""
    return render(request, "documents/indisponible.html", {"mention": mention}, status=404)
