"""The oath of a doctor who is on no list of experts (article 60 of the code of criminal procedure), on paper."""

from datetime import datetime

from documents.models import Document
from dossiers.models import Dossier, Piece
from requisitions.documents import produire_ecrit
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
    return produire_ecrit("serment", SERMENT, dossier, dossier.cle, "serment", donnees)
