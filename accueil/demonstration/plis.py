"""The bundles that a demonstration account may open now hold real papers, written as the product writes them."""

from django.utils import timezone

from documents.coffre import deposer
from documents.render import rendre_pdf
from dossiers.classes import Classe
from dossiers.models import Dossier, Piece
from requisitions import documents
from requisitions.circuit import DAJ, service
from requisitions.models import Remise, Requisition
from requisitions.types_acte import Famille, codes
from requisitions.workflow import pli

# The latest ones: a bundle is three papers to typeset, and a large seed has hundreds of them.
PLIS = 12


def garnir() -> int:
    """Piece, inventory, bundle, and receipt where it was opened; returns how many bundles were filled."""
    disponibles = Remise.objects.filter(expiration__gt=timezone.now(), fichier=None).order_by("-prete_le", "-pk")
    remises = list(disponibles.select_related("dossier", "ouverte_par", "prete_par")[:PLIS])
    for remise in remises:
        lettre = Requisition.objects.select_related("ligne_decision", "service_requerant").get(pk=remise.dossier_id)
        _garnir(remise, remise.dossier, lettre)
    return len(remises)


def _garnir(remise: Remise, dossier: Dossier, lettre: Requisition) -> None:
    remis = [lettre.service_requerant]
    piece = _piece(remise, dossier, lettre)
    remise.manifeste = pli.inventorier(dossier, lettre, [piece])
    remise.bordereau = documents.bordereau(dossier, lettre, remise)
    documents.verser(remise.bordereau, dossier, classe=Classe.ADMINISTRATIF, remise_a=remis)
    remise.fichier = pli.assembler(dossier, [piece], remise.manifeste, remise.bordereau)
    if remise.ouverte_le and remise.ouverte_par:
        remise.recepisse = documents.recepisse(dossier, lettre, remise, par=str(remise.ouverte_par))
        documents.verser(remise.recepisse, dossier, classe=Classe.ADMINISTRATIF, remise_a=remis)
        piece.remise_a.set(remis)
    remise.save()
    remise.pieces.set([piece])


def _piece(remise: Remise, dossier: Dossier, lettre: Requisition) -> Piece:
    """The worded answer about a presence; for any other act a sheet that says it is fictitious."""
    if lettre.type_acte == "PRESENCE":
        ecrit = documents.reponse_presence(dossier, lettre, le=remise.prete_le)
        return documents.verser(ecrit, dossier, classe=Classe.IDENTITE, remise_a=[])
    octets = rendre_pdf("pdf/piece_fictive.html", {"dossier": dossier, "lettre": lettre})
    return Piece.objects.create(
        dossier=dossier,
        intitule="Document fictif",
        classe=Classe.MEDICAL if lettre.type_acte in codes(Famille.MEDICALE) else Classe.JUDICIAIRE,
        fichier=deposer(octets, extension="pdf", type_mime="application/pdf", attache=dossier.cle),
        service=service(DAJ),
    )
