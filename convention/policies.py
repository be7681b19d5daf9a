"""Who may give, review and take back rights. Pure questions: a Verdict, with the French reason of a refusal."""

from accounts.roles import Role
from convention.acteur import Acteur
from convention.models import Institution
from transitions.verdict import OUI, Verdict, non

GERANTS = (Role.ADMIN_INSTITUTION,)
# They read the rights of every partner, and stand in as second person where an administrator is alone.
LECTEURS = (Role.REFERENT, Role.DPO)
HOPITAL = frozenset(
    {
        Role.SOIGNANT,
        Role.SOCIAL,
        Role.CADRE,
        Role.MEDECIN_RESPONSABLE,
        Role.GARDE,
        Role.JURISTE,
        Role.DIRECTION,
        Role.ARCHIVES,
        Role.SECURITE,
        Role.ENTREES,
        Role.MORTUAIRE,
        Role.USMP,
        Role.SOINS_SANS_CONSENTEMENT,
        Role.REGIE,
        Role.REFERENT,
        Role.DPO,
    }
)
# What each house may give to its own people; a house that is not here gives the administrator's role only.
ROLES_DE = {
    "CHV": HOPITAL,
    "PARQUET": frozenset({Role.PARQUET, Role.JUGE_INSTRUCTION}),
    "POLICE": frozenset({Role.ENQUETEUR}),
    "GENDARMERIE": frozenset({Role.ENQUETEUR}),
    "DOUANES": frozenset({Role.DOUANES}),
    "MA": frozenset({Role.PENITENTIAIRE}),
    "EPM": frozenset({Role.PENITENTIAIRE, Role.PJJ}),
    "SPREF": frozenset({Role.PREFECTURE}),
    "CDOM": frozenset({Role.ORDRE}),
    "CRIP": frozenset({Role.CRIP}),
    "ARS": frozenset({Role.ARS}),
}
AVEC_QUALITE = frozenset({Role.PARQUET, Role.JUGE_INSTRUCTION, Role.ENQUETEUR, Role.DOUANES})
AVEC_PROFESSION = frozenset({Role.SOIGNANT, Role.SOCIAL, Role.MEDECIN_RESPONSABLE, Role.USMP})
# These act in the name of justice: their number proves the entitlement.
AVEC_MATRICULE = AVEC_QUALITE | {Role.MEDECIN_RESPONSABLE}


def roles_de(institution: Institution) -> frozenset[Role]:
    """The roles that this house may give."""
    return ROLES_DE.get(institution.code, frozenset()) | {Role.ADMIN_INSTITUTION}


def gere(acteur: Acteur) -> frozenset[int]:
    """The institutions whose accounts this person manages."""
    return frozenset(place.institution_id for place in acteur.places if place.role in GERANTS)


def peut_lire(acteur: Acteur, institution_id: int) -> Verdict:
    if institution_id in gere(acteur) or acteur.a(*LECTEURS):
        return OUI
    return non("Les comptes d’une institution se lisent par son administrateur, la référente et le délégué.")


def peut_gerer(acteur: Acteur, institution_id: int) -> Verdict:
    if institution_id in gere(acteur):
        return OUI
    return non("Seul l’administrateur des comptes de cette institution peut le faire.")


def peut_proposer(acteur: Acteur, institution: Institution, role: str, *, sans_administrateur: bool) -> Verdict:
    """Propose a right: its administrator does; the référente or the DPO, for the first administrator of a partner."""
    if role not in roles_de(institution):
        return non(f"{institution.nom_court} ne donne pas ce rôle\u00a0: choisissez-en un de cette institution.")
    if institution.pk in gere(acteur):
        return OUI
    if sans_administrateur and role == Role.ADMIN_INSTITUTION and acteur.a(*LECTEURS):
        return OUI
    return peut_gerer(acteur, institution.pk)


def peut_etre_second(acteur: Acteur, institution_id: int, *, autres_administrateurs: bool) -> Verdict:
    """A second administrator; where the first is alone, the référente of the convention or the hospital's DPO."""
    if institution_id in gere(acteur):
        return OUI
    if acteur.a(*LECTEURS):
        if not autres_administrateurs:
            return OUI
        return non("Un second administrateur de cette institution existe\u00a0: c’est à lui d’approuver.")
    return non("Un second administrateur de cette institution doit approuver.")
