from dossiers.models import Dossier
from tests.contrats.fabrique import Fabrique
from tests.distribution import Distribution
from tests.prises_en_charge.scene import PROGRAMMEE, Scene


def ouvrir(distribution: Distribution) -> Dossier:
    """An extraction asked, ordered and confirmed."""
    return Scene(distribution).jusqu_a(*PROGRAMMEE)


FABRIQUE = Fabrique("EXTRACTION", "usmp", ("maison_arret", "escorte", "medecin"), "epm", ouvrir)
