from dossiers.models import Dossier
from tests.contrats.fabrique import Fabrique
from tests.declarations.situation import transmise
from tests.distribution import Distribution


def ouvrir(distribution: Distribution) -> Dossier:
    """An object handed over to the police station; the desk of security reads the slip in copy."""
    distribution.utilisateur("opj")
    return transmise(distribution.acteur("soignante"))


FABRIQUE = Fabrique(
    "DECLARATION",
    "soignante",
    ("opj", "securite"),
    "infirmiere",
    ouvrir,
    lambda dossier: {"code": "decouverte", "nom": "accuser", "situation": "objet-illicite"},
)
