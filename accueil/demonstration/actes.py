"""The papers that came with the demands still open: the signed act, and the copy of a written authorisation."""

from types import SimpleNamespace

from django.db.models import Exists, OuterRef, Q

from documents.coffre import deposer
from documents.render import rendre_pdf
from dossiers.classes import Classe
from dossiers.models import Piece
from requisitions.etats import AVANT_REMISE
from requisitions.models import Requisition
from requisitions.workflow.acte import ACTE_SIGNE, APPUI

# The latest ones: a large seed has thousands, and nobody opens them all.
ACTES = 80


def joindre_les_actes() -> int:
    """One fictitious sheet stands for each paper, sealed apart in each case; returns how many cases received theirs."""
    sien = Piece.objects.filter(dossier=OuterRef("pk"), intitule=ACTE_SIGNE)
    ecrites = Q(orale=False, dossier__etat__in=AVANT_REMISE) & ~Exists(sien)
    lettres = list(
        Requisition.objects.filter(ecrites)
        .select_related("dossier", "service_requerant")
        .order_by("-dossier__derniere_activite", "-pk")[:ACTES]
    )
    octets = rendre_pdf("pdf/piece_fictive.html", {"dossier": SimpleNamespace(reference="de la démonstration")})
    for lettre in lettres:
        _joindre(lettre, ACTE_SIGNE, octets)
        if lettre.autorisation_mode == Requisition.Autorisation.ECRITE:
            _joindre(lettre, APPUI, octets)
    return len(lettres)


def _joindre(lettre: Requisition, intitule: str, octets: bytes) -> None:
    fichier = deposer(octets, extension="pdf", type_mime="application/pdf", attache=lettre.dossier.cle)
    Piece.objects.create(
        dossier=lettre.dossier,
        intitule=intitule,
        classe=Classe.JUDICIAIRE,
        fichier=fichier,
        service=lettre.service_requerant,
    )
