from dossiers.models import Dossier
from tests.contrats.fabrique import Fabrique
from tests.distribution import Distribution
from tests.signalements.situation import transmis


def ouvrir(distribution: Distribution) -> Dossier:
    """A report sent to the parquet; its author's own ward knows nothing of it."""
    distribution.utilisateur("parquet")
    return transmis(distribution.acteur("soignante"))


FABRIQUE = Fabrique("SIGNALEMENT", "soignante", ("parquet",), "infirmiere", ouvrir)
