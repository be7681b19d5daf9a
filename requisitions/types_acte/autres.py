"""The other acts of the reference list: accepted at deposit, then handled by legal affairs by hand."""

from requisitions.types_acte.base import Famille, TypeActe

F = Famille


def _acte(code: str, libelle: str, famille: Famille, **reglages: object) -> TypeActe:
    return TypeActe(code=code, libelle=libelle, choix=libelle, titre=libelle, famille=famille, **reglages)  # type: ignore[arg-type]


AUTRES = (
    _acte("RECH_CRIT", "Recherche sans nom, sur critères", F.ADMINISTRATIVE, personne=False, periode=True),
    _acte("RH", "Identité ou planning d’un professionnel", F.RH, personne=False),
    _acte("EFFETS", "Vêtements, projectiles, objets", F.TECHNIQUE, gel="EFFETS"),
    _acte("TUBES", "Prélèvements biologiques de soin", F.MEDICALE, gel="TUBES"),
    _acte("MOYENS", "Moyens ou personnels de l’établissement", F.ADMINISTRATIVE, personne=False),
    _acte("LOGS", "Traces informatiques", F.TECHNIQUE, gel="LOGS", periode=True),
)
# Where each thing that disappears is kept.
GARDIENS = {"VIDEO": "CHV-SECU", "TUBES": "CHV-LABO", "LOGS": "CHV-DPO", "EFFETS": "CHV-SECU"}
