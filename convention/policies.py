"""Who may give, review and take back rights, who keeps the directory and the duty rosters.

Pure questions: a Verdict, with the French reason of a refusal.
"""

from accounts.roles import Role
from convention.acteur import Acteur
from convention.models import Institution, Service
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
# What any house may give: a role of a programme opens nothing but a convention that names the house.
DE_TOUTE_MAISON = frozenset({Role.ADMIN_INSTITUTION, Role.REFERENT_PROGRAMME, Role.PARTENAIRE})
# What each house may give besides.
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
# They keep the numbers of their own house; the référente keeps those of all.
GARDIENS = (Role.ADMIN_INSTITUTION, Role.DIRECTION)
# They keep the roster of their own service; their house's administrator and référente, those of every service of it.
CHEFS = (Role.CADRE, Role.GARDE, Role.PARQUET)
AVEC_QUALITE = frozenset({Role.PARQUET, Role.JUGE_INSTRUCTION, Role.ENQUETEUR, Role.DOUANES})
AVEC_PROFESSION = frozenset({Role.SOIGNANT, Role.SOCIAL, Role.MEDECIN_RESPONSABLE, Role.USMP})
# These act in the name of justice: their number proves the entitlement.
AVEC_MATRICULE = AVEC_QUALITE | {Role.MEDECIN_RESPONSABLE}


def roles_de(institution: Institution) -> frozenset[Role]:
    """The roles that this house may give."""
    return ROLES_DE.get(institution.code, frozenset()) | DE_TOUTE_MAISON


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


def peut_rendre_acces(acteur: Acteur, institution_id: int, *, autres_administrateurs: bool) -> Verdict:
    """Ask that the lost factors of a person be cleared: its administrator; for a lone one, the référente or the DPO."""
    if not autres_administrateurs and acteur.a(*LECTEURS):
        return OUI
    return peut_gerer(acteur, institution_id)


def peut_etre_second(acteur: Acteur, institution_id: int, *, autres_administrateurs: bool) -> Verdict:
    """A second administrator; where the first is alone, the référente of the convention or the hospital's DPO."""
    if institution_id in gere(acteur):
        return OUI
    if acteur.a(*LECTEURS):
        if not autres_administrateurs:
            return OUI
        return non("Un second administrateur de cette institution existe\u00a0: c’est à lui d’approuver.")
    return non("Un second administrateur de cette institution doit approuver.")


def peut_tenir_annuaire(acteur: Acteur, institution_id: int) -> Verdict:
    """Change a number, answer a proposal."""
    if acteur.a(Role.REFERENT) or institution_id in _maisons(acteur, *GARDIENS):
        return OUI
    return non("L’annuaire se tient par la référente, ou par l’administrateur et la direction de l’institution.")


def peut_verifier(acteur: Acteur, service: Service) -> Verdict:
    """Say that a number answers: who keeps the directory, and who keeps the service."""
    return OUI if peut_tenir_permanences(acteur, service) else peut_tenir_annuaire(acteur, service.institution_id)


def peut_lire_permanences(acteur: Acteur, service: Service) -> Verdict:
    """A roster names persons: it stays inside the institution."""
    if service.institution_id in acteur.institutions:
        return OUI
    return non("Le tableau de permanence se lit dans son institution seulement.")


def peut_tenir_permanences(acteur: Acteur, service: Service) -> Verdict:
    """Write the roster of a service; never that of another institution, whose names are not to be known."""
    if service.institution_id in _maisons(acteur, Role.ADMIN_INSTITUTION, Role.REFERENT):
        return OUI
    if any(place.service_id == service.pk and place.role in CHEFS for place in acteur.places):
        return OUI
    return non("Le tableau se tient par le cadre du service ou l’administrateur de l’institution.")


def peut_poser_creneau(acteur: Acteur, service: Service, titulaire_id: int, roles: frozenset[str]) -> Verdict:
    """`roles`: those of the holder in this service. The on-call role opens with its slot: nobody opens it alone."""
    verdict = peut_tenir_permanences(acteur, service)
    if verdict and Role.GARDE in roles and titulaire_id == acteur.utilisateur_id:
        return non("Votre garde ouvre des droits\u00a0: une autre personne inscrit votre créneau.")
    return verdict


def _maisons(acteur: Acteur, *roles: Role) -> frozenset[int]:
    return frozenset(place.institution_id for place in acteur.places if place.role in roles)
