"""Pieces: who may download what, and the streaming of the clear bytes as an attachment."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse

from convention.acteur import Acteur
from convention.requete import Requete
from documents.coffre import FichierIndisponible, lire
from documents.models import Document, Fichier
from dossiers.classes import Classe, recoit
from dossiers.models import Dossier, Piece
from dossiers.registre import type_de
from journal.carnet import noter


def joindre(
    *,
    dossier: Dossier,
    intitule: str,
    classe: Classe,
    fichier: Fichier,
    acteur: Acteur,
    document: Document | None = None,
    remise_a: Any = (),
) -> Piece:
    """Attach a file; `remise_a` lists the services it is addressed to."""
    place = acteur.principale
    if place is None:
        raise ValueError("Une pièce se dépose au titre d’un service.")
    piece = Piece.objects.create(
        dossier=dossier,
        intitule=intitule,
        classe=classe,
        fichier=fichier,
        document=document,
        deposee_par_id=acteur.utilisateur_id,
        service_id=place.service_id,
    )
    if remise_a:
        piece.remise_a.set(remise_a)
    return piece


def lisible(piece: Piece, acteur: Acteur) -> bool:
    """Addressed to the reader's service, deposited by the reader, or of a class the case type lets them read.

    The case itself must already be visible.
    """
    if piece.deposee_par_id == acteur.utilisateur_id:
        return True
    if any(service.pk in acteur.services for service in piece.remise_a.all()):
        return True
    return recoit(acteur.roles, Classe(piece.classe)) and type_de(piece.dossier).peut_lire_piece(piece, acteur)


def telecharger(request: Requete, cle: UUID) -> HttpResponse:
    """Serve a piece as an attachment under an opaque name; the download is journalled."""
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
    try:
        contenu = lire(piece.fichier)
    except FichierIndisponible as erreur:
        raise Http404 from erreur
    noter("telecharger", acteur=acteur, objet="piece", cle=piece.dossier.cle, details={"piece": piece.cle})
    reponse = HttpResponse(contenu, content_type=piece.fichier.type_mime)
    nom = f"{piece.dossier.reference or 'piece'}-{str(piece.cle)[:8]}.{piece.fichier.extension}"
    reponse["Content-Disposition"] = f'attachment; filename="{nom}"'
    return reponse
