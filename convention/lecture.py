"""How a request came in, in the words of the journal: its channel, and the class of motive of who asks."""

from django.http import HttpResponse

from accounts.roles import Role
from convention.acteur import Acteur
from convention.requete import Requete

# The law asks why a record was consulted; without a motive of its own, it is why this role has access at all.
_CLASSES = {
    "soin": {Role.SOIGNANT, Role.SOCIAL, Role.CADRE, Role.MEDECIN_RESPONSABLE, Role.USMP, Role.ORDRE}
    | {Role.SOINS_SANS_CONSENTEMENT, Role.MORTUAIRE},
    "procedure": {Role.PARQUET, Role.JUGE_INSTRUCTION, Role.ENQUETEUR, Role.DOUANES, Role.PENITENTIAIRE, Role.PJJ},
    "controle": {Role.DPO},
    "administration": {Role.REFERENT, Role.ADMIN_INSTITUTION, Role.REFERENT_PROGRAMME, Role.PARTENAIRE},
    "protection": {Role.PREFECTURE, Role.CRIP, Role.ARS},
}
CLASSES_DE_MOTIF = {role: classe for classe, roles in _CLASSES.items() for role in roles}
PAR_DEFAUT = "instruction"


def classe_de_motif(acteur: Acteur | None) -> str:
    place = acteur.principale if acteur else None
    return CLASSES_DE_MOTIF.get(place.role, PAR_DEFAUT) if place else ""


def canal_de(request: Requete, response: HttpResponse | None = None) -> str:
    """page, fichier, recherche or formulaire."""
    if response is not None and not response.headers.get("Content-Type", "text/html").startswith("text/html"):
        return "fichier" if "Content-Disposition" in response.headers else "donnees"
    if request.resolver_match and request.resolver_match.view_name == "accueil:recherche":
        return "recherche"
    return "page" if request.method in {"GET", "HEAD"} else "formulaire"
