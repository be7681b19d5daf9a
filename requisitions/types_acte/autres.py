"""The other acts of the reference list: answered by the pieces that the executing service, or legal affairs, bring; of
objects, by their inventory."""

from accounts.roles import Role
from requisitions.gels import GARDIENS
from requisitions.types_acte.base import Famille, TypeActe

F = Famille


def _acte(code: str, libelle: str, famille: Famille, **reglages: object) -> TypeActe:
    return TypeActe(code=code, libelle=libelle, choix=libelle, titre=libelle, famille=famille, **reglages)  # type: ignore[arg-type]


def _par(executant: str, qui: str, *roles: Role) -> dict[str, object]:
    """Prepared by that service; legal affairs may stand in for it."""
    return {
        "executant": executant,
        "preparent": (*roles, Role.JURISTE),
        "preparation": f"La réponse est préparée par {qui}, ou par les affaires juridiques.",
    }


AUTRES = (
    _acte(
        "RH", "Identité ou planning d’un professionnel", F.RH, personne=False,
        **_par("CHV-DRH", "les ressources humaines", Role.CADRE),
    ),
    _acte(
        "EFFETS", "Vêtements, projectiles, objets", F.TECHNIQUE, gel="EFFETS", ligne_executant="Effets à conserver",
        manuel=False, inventaire=True, chaine=True, ecrit="Inventaire des effets et chaîne de conservation",
        **_par(GARDIENS["EFFETS"], "le poste de sécurité", Role.SECURITE, Role.CADRE),
    ),
    _acte(
        "TUBES", "Prélèvements biologiques de soin", F.MEDICALE, gel="TUBES", ligne_executant="Tubes à conserver",
        **_par(GARDIENS["TUBES"], "le laboratoire", Role.SOIGNANT, Role.CADRE),
    ),
    _acte("MOYENS", "Moyens ou personnels de l’établissement", F.ADMINISTRATIVE, personne=False),
    _acte(
        "LOGS", "Traces informatiques", F.TECHNIQUE, gel="LOGS", periode=True, ligne_executant="Traces à conserver",
        **_par(GARDIENS["LOGS"], "la protection des données", Role.DPO),
    ),
)  # fmt: skip
