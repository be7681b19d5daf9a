"""The oath of a doctor who is on no list of experts (article 60 of the code of criminal procedure), on paper."""

from datetime import datetime

from django.utils import timezone

from documents.models import Document
from documents.render import produire
from dossiers.models import Dossier, Piece
from requisitions.models import Volet
from requisitions.types_acte import type_acte

FORMULE = "Je jure d’apporter mon concours à la justice en mon honneur et en ma conscience."
SERMENT = "Serment du médecin"


def serment_de(dossier: Dossier, volet: Volet) -> Piece | None:
    """The oath of whoever wrote the volet; that of a doctor who was replaced is not theirs. Taken back, it is void."""
    if volet.donnees.get("serment") != "ecrit":
        return None
    signe: Piece | None = dossier.pieces.filter(
        intitule=SERMENT, document__isnull=False, deposee_par=volet.rempli_par_id
    ).last()
    return signe


def rediger(dossier: Dossier, *, medecin: str, quand: datetime) -> Document:
    """The doctor keeps reading it: nothing of the procedure is in it, nor the name of the person."""
    donnees = {"formule": FORMULE, "medecin": medecin, "signe_le": quand, "acte": type_acte(dossier.variante).libelle}
    return produire(
        "requisition-serment",
        intitule=SERMENT,
        reference=dossier.reference or "",
        objet_cle=dossier.cle,
        dossier_cle=dossier.cle,
        contenu={"reference": dossier.reference, **donnees},
        gabarit="pdf/requisition_serment.html",
        contexte={"dossier": dossier, "fait_le": timezone.localdate(), **donnees},
    )
