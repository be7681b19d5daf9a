"""The control that follows a search nobody announced: due within a day, and before anything leaves or is closed."""

from accounts.roles import Role
from convention.acteur import Acteur
from dossiers.models import Dossier
from requisitions.policies import JURIDIQUES, agit
from transitions.verdict import OUI, Verdict, non

CONTROLE = "controle_apres"


def controle_du(dossier: Dossier) -> bool:
    saisie = dossier.variante == "SAISIE" and dossier.pk is not None
    return saisie and dossier.echeances.filter(nom=CONTROLE, tenue_le=None).exists()


def peut_controler_apres(dossier: Dossier, acteur: Acteur) -> Verdict:
    """As long as it is due, whatever the state: what left without it is controlled all the same."""
    if not agit(dossier, acteur, Role.JURISTE):
        return non(JURIDIQUES)
    return OUI if controle_du(dossier) else non("Aucun contrôle a posteriori n’est à faire.")


def sans_controle_du(dossier: Dossier) -> Verdict:
    """A case is not closed on a search that nobody controlled."""
    return non("Faites d’abord le contrôle a posteriori de la perquisition.") if controle_du(dossier) else OUI
