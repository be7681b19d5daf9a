"""The entries of each role's navigation (design §4), five at most, and its home page."""

from typing import NamedTuple

from accounts.roles import Role
from convention.acteur import Acteur
from requisitions.circuit import PREVENUS
from requisitions.types_acte import executants


class Entree(NamedTuple):
    libelle: str
    nom_url: str
    icone: str


ACCUEIL = Entree("Accueil", "accueil:accueil", "home")
SIGNALEMENTS = Entree("Signalements", "signalements:liste", "send")
FICHES = Entree("Fiches", "fiches:liste", "book")
ANNUAIRE = Entree("Annuaire", "convention:annuaire", "phone")
REQUISITIONS = Entree("Réquisitions", "requisitions:file", "folder")
MES_REQUISITIONS = Entree("Mes réquisitions", "requisitions:miennes", "folder")
DETENUS = Entree("Personnes détenues", "prises_en_charge:journee", "key")
PARQUET = Entree("Boîte de réception", "signalements:parquet", "inbox")
FRAIS = Entree("Frais de justice", "requisitions:frais", "file")
TITRES = Entree("Titres", "requisitions:titres", "scale")
BILAN = Entree("Bilan", "bilans:courant", "chart")
CONVENTION = Entree("Convention", "convention:convention", "file")
CONSERVATION = Entree("Conservation", "dossiers:conservation", "clock")
CONVOCATIONS = Entree("Convocations", "requisitions:convocations", "bell")
JOURNAL = Entree("Journal", "accueil:journal", "history")
COMPTES = Entree("Comptes", "convention:comptes", "users")
EXCEPTIONNELS = Entree("Accès exceptionnels", "dossiers:exceptionnels", "eye")
ALERTES = Entree("Boîte de réception", "signalements:parquet", "inbox")

# In order: the first role held decides.
NAVIGATION: dict[Role, tuple[Entree, ...]] = {
    Role.PARQUET: (PARQUET, MES_REQUISITIONS, FICHES, BILAN, ANNUAIRE),
    Role.JUGE_INSTRUCTION: (MES_REQUISITIONS, TITRES, FICHES, ANNUAIRE),
    Role.JURISTE: (REQUISITIONS, SIGNALEMENTS, FICHES, BILAN, ANNUAIRE),
    Role.DIRECTION: (REQUISITIONS, SIGNALEMENTS, FICHES, BILAN, ANNUAIRE),
    Role.GARDE: (ACCUEIL, REQUISITIONS, DETENUS, FICHES, ANNUAIRE),
    Role.MEDECIN_RESPONSABLE: (ACCUEIL, REQUISITIONS, SIGNALEMENTS, DETENUS, FICHES),
    Role.SECURITE: (REQUISITIONS, SIGNALEMENTS, FICHES, ANNUAIRE),
    Role.ENTREES: (REQUISITIONS, SIGNALEMENTS, FICHES, ANNUAIRE),
    Role.ARCHIVES: (REQUISITIONS, FICHES, CONVENTION, ANNUAIRE),
    Role.REGIE: (FRAIS, FICHES, ANNUAIRE),
    Role.ENQUETEUR: (MES_REQUISITIONS, ALERTES, FICHES, ANNUAIRE),
    Role.DOUANES: (MES_REQUISITIONS, ALERTES, FICHES, ANNUAIRE),
    Role.USMP: (DETENUS, FICHES, ANNUAIRE),
    Role.PENITENTIAIRE: (DETENUS, FICHES, ANNUAIRE),
    Role.REFERENT: (CONVENTION, FICHES, BILAN, COMPTES, ANNUAIRE),
    Role.DPO: (JOURNAL, EXCEPTIONNELS, CONSERVATION, COMPTES, FICHES),
    Role.ADMIN_INSTITUTION: (COMPTES, CONVENTION, FICHES, ANNUAIRE),
    Role.PREFECTURE: (ALERTES, MES_REQUISITIONS, FICHES, BILAN, ANNUAIRE),
    Role.CRIP: (ALERTES, FICHES, ANNUAIRE),
    Role.ARS: (ALERTES, FICHES, ANNUAIRE),
    Role.ORDRE: (CONVOCATIONS, FICHES, CONVENTION, BILAN, ANNUAIRE),
    Role.REFERENT_PROGRAMME: (CONVENTION, ANNUAIRE),
    Role.PARTENAIRE: (CONVENTION, ANNUAIRE),
    Role.SOIGNANT: (ACCUEIL, SIGNALEMENTS, DETENUS, FICHES, ANNUAIRE),
    Role.SOCIAL: (ACCUEIL, SIGNALEMENTS, FICHES, ANNUAIRE),
    Role.CADRE: (FICHES, SIGNALEMENTS, CONVENTION, ANNUAIRE),
    Role.MORTUAIRE: (FICHES, SIGNALEMENTS, CONVENTION, ANNUAIRE),
}
LE_PLUS = 5
PAR_DEFAUT = (FICHES, CONVENTION, ANNUAIRE)


def entrees(acteur: Acteur) -> tuple[Entree, ...]:
    """The navigation of a person; a person without a valid rattachement reads the public part only.

    A service that executes requisitions has its worklist beside its home, whatever the role held there: it takes the
    place of the detainees, otherwise of the last entry. A ward that is told of them ahead keeps the detainees.
    """
    menu = next((NAVIGATION[role] for role in NAVIGATION if role in acteur.roles), PAR_DEFAUT)
    codes = {place.service_code for place in acteur.places}
    if {REQUISITIONS, MES_REQUISITIONS} & {*menu} or not codes & (executants() | PREVENUS):
        return menu
    garde_les_detenus = len(menu) < LE_PLUS or not codes & executants()
    suite = [entree for entree in menu[1:] if entree != DETENUS or garde_les_detenus]
    return (menu[0], REQUISITIONS, *suite)[:LE_PLUS]
