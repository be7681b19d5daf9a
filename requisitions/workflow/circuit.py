"""The services that the row of the table names learn at once; when the row changes, so do they."""

from convention.acteur import Acteur
from convention.models import Service
from dossiers.models import Dossier
from dossiers.participations import accorder, terminer
from requisitions.annonces.circuit import CHANGE, annoncer_a_prevoir, annoncer_la_fin, avertis
from requisitions.circuit import codes_du_circuit, octrois_du_circuit
from requisitions.models import Requisition


def suivre_le_circuit(*, dossier: Dossier, lettre: Requisition, acteur: Acteur) -> None:
    """Another row, another circuit: whoever it names is told, and a service told for nothing is released.

    Whoever has something entrusted keeps it. Inside the caller's transaction.
    """
    avant = avertis(dossier)
    quittes = [code for code in avant if code not in codes_du_circuit(lettre)]
    for quitte in Service.objects.filter(code__in=quittes).order_by("pk"):
        terminer(dossier=dossier, service=quitte)
    accorder(dossier=dossier, octrois=octrois_du_circuit(lettre), acteur=acteur)
    annoncer_la_fin(dossier=dossier, codes=quittes, mots=CHANGE)
    annoncer_a_prevoir(dossier=dossier, codes=[code for code in avertis(dossier) if code not in avant])
