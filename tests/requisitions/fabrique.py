import uuid

from documents.coffre import deposer as deposer_fichier
from dossiers.models import Dossier, Personne
from requisitions.models import Requisition
from requisitions.table import charger, lire
from requisitions.workflow import deposer
from tests.contrats.fabrique import Fabrique
from tests.distribution import Distribution
from tests.requisitions.conftest import TABLE, octets_pdf


def ouvrir(distribution: Distribution) -> Dossier:
    """A requisition for a file, deposited by an officer and received by legal affairs."""
    charger(lire(TABLE))
    distribution.utilisateur("juriste")
    return deposer(
        cle_depot=uuid.uuid4(),
        lettre=Requisition(
            type_acte="DOSSIER", cadre="FLAG", mission="Compte rendu du passage de la veille.", num_procedure="2026/1"
        ),
        personne=Personne(nom="Delcambre", prenoms="Lucie", age=34, sexe="F"),
        fichier=deposer_fichier(octets_pdf(), extension="pdf", type_mime="application/pdf"),
        urgence="ORDINAIRE",
        acteur=distribution.acteur("opj"),
    )


FABRIQUE = Fabrique("REQUISITION", "opj", ("juriste",), "etranger", ouvrir)
