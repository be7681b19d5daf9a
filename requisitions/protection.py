"""A presence that is not to be revealed, whatever was asked: who may talk it over with a magistrate."""

from accounts.roles import Role
from convention.acteur import Acteur
from dossiers.models import Dossier
from requisitions.models import Volet
from requisitions.policies import JURIDIQUES, agit
from requisitions.types_acte import type_acte
from transitions.verdict import OUI, Verdict, non

# The event of a case that says that the parquet was called about it.
APPEL = "appeler_parquet"


def presence_a_proteger(dossier: Dossier) -> bool:
    """The admissions said so of the person named, or whoever searched left somebody out of the list."""
    if dossier.variante == "PRESENCE":
        return bool(dossier.requisition.presence_protegee)
    if not type_acte(dossier.variante).criteres:
        return False
    volet = Volet.objects.filter(dossier=dossier).first()
    return bool(volet and volet.donnees.get("ecartee"))


def peut_appeler_le_parquet(dossier: Dossier, acteur: Acteur) -> Verdict:
    if not agit(dossier, acteur, Role.JURISTE, Role.GARDE, Role.DIRECTION):
        return non(JURIDIQUES)
    return OUI if presence_a_proteger(dossier) else non("Aucune présence n’est à protéger dans ce dossier.")
