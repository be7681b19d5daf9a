"""The matrix *URL × person*: what a GET answers to each person of the cast, on a case that some of them know.

Rewritten by `python -m tests.architecture.matrice`.
"""

from collections import defaultdict

from tests.architecture.adresses import Adresse, adresses
from tests.architecture.depot import RACINE
from tests.distribution import NOMS, PERSONNES
from tests.droits.monde import ANONYME, EXPIREE, Monde

FICHIER = RACINE / "docs/matrice-urls.md"
EN_TETE = """# Qui ouvre quoi

Généré par `python -m tests.architecture.matrice`, vérifié par les essais. Chaque ligne est une adresse, visitée (GET)
par chaque personne de la distribution sur un dossier dont seules ses parties ont connaissance ; une collègue des
parties est écartée de chaque dossier. « Expirée » : rattachement terminé. Un compte désactivé répond comme l’anonyme.
200 : la page s’ouvre. 302 : renvoi (vers la connexion pour l’anonyme). 403 : visible mais interdit, avec la raison.
404 : n’existe pas, ou n’a pas à être connu. 405 : l’adresse n’accepte que l’envoi d’un formulaire.

"""


def visiter(univers: Monde) -> tuple[dict[Adresse, dict[str, int]], list[str]]:
    """The status of every address for everybody, a 500 kept as it is; and the tokens shown to whom may not."""
    table: dict[Adresse, dict[str, int]] = {adresse: {} for adresse in adresses()}
    fuites: list[str] = []
    for personne in univers.personnes:
        for adresse, statuts in table.items():
            with univers.essai(personne) as client:
                reponse = client.get(adresse.visite(univers.valeurs.get(adresse.nom.split(":")[0], {})))
                statuts[personne] = reponse.status_code
                fuites += [f"{personne} {adresse.nom} {c.objet}.{c.champ}" for c in univers.fuites(personne, reponse)]
    return table, fuites


def rediger(table: dict[Adresse, dict[str, int]]) -> str:
    lignes = ["| Adresse | Nom | Anonyme | Expirée | Réponses |", "|---|---|---|---|---|"]
    for adresse, statuts in table.items():
        groupes: dict[int, list[str]] = defaultdict(list)
        for personne in NOMS:
            if personne in statuts:
                groupes[statuts[personne]].append(personne)
        reponses = " · ".join(f"**{statut}** {_personnes(groupes[statut])}" for statut in sorted(groupes))
        motif = "/" + adresse.motif.replace("|", "\\|")
        lignes.append(f"| `{motif}` | {adresse.nom} | {statuts[ANONYME]} | {statuts[EXPIREE]} | {reponses} |")
    roles = [f"| {nom} | {compte.role.value} | {compte.qui} |" for nom, compte in sorted(PERSONNES.items())]
    legende = ["", "## Les personnes", "", "| Nom | Rôle | Qui |", "|---|---|---|", *roles, ""]
    return EN_TETE + "\n".join([*lignes, *legende])


def _personnes(noms: list[str]) -> str:
    return "toutes les personnes" if len(noms) == len(NOMS) else ", ".join(sorted(noms))
