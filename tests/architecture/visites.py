"""The matrix *URL × person*: what a GET answers to each person of the cast, on a case that some of them know.

Rewritten by `python -m tests.architecture.matrice`.
"""

from collections import defaultdict

from django.test import Client

from tests.architecture.adresses import Adresse, adresses, valeurs_d_exemple
from tests.architecture.depot import RACINE
from tests.distribution import NOMS, PERSONNES, Distribution

FICHIER = RACINE / "docs/matrice-urls.md"
ANONYME = "anonyme"
EN_TETE = """# Qui ouvre quoi

Généré par `python -m tests.architecture.matrice`, vérifié par les essais. Chaque ligne est une adresse, visitée (GET)
par chaque personne de la distribution sur un dossier dont seules ses parties ont connaissance.
200 : la page s’ouvre. 302 : renvoi (vers la connexion pour l’anonyme). 403 : visible mais interdit, avec la raison.
404 : n’existe pas, ou n’a pas à être connu. 405 : l’adresse n’accepte que l’envoi d’un formulaire.

"""


def visiter(distribution: Distribution) -> dict[Adresse, dict[str, int]]:
    """The status of every address for everybody; a 500 is kept as it is."""
    valeurs = valeurs_d_exemple(distribution)
    table: dict[Adresse, dict[str, int]] = {adresse: {} for adresse in adresses()}
    for personne in (ANONYME, *NOMS):
        client = Client() if personne == ANONYME else distribution.client(personne)
        client.raise_request_exception = False
        for adresse, statuts in table.items():
            # Leaving or masking would change the session of the following visits.
            if personne != ANONYME and adresse.nom in {"accounts:verrouille"}:
                continue
            reponse = client.get(adresse.visite(valeurs.get(adresse.nom.split(":")[0], {})))
            statuts[personne] = reponse.status_code
    return table


def rediger(table: dict[Adresse, dict[str, int]]) -> str:
    lignes = ["| Adresse | Nom | Anonyme | Réponses |", "|---|---|---|---|"]
    for adresse, statuts in table.items():
        groupes: dict[int, list[str]] = defaultdict(list)
        for personne in NOMS:
            if personne in statuts:
                groupes[statuts[personne]].append(personne)
        reponses = " · ".join(f"**{statut}** {_personnes(groupes[statut])}" for statut in sorted(groupes))
        motif = "/" + adresse.motif.replace("|", "\\|")
        lignes.append(f"| `{motif}` | {adresse.nom} | {statuts[ANONYME]} | {reponses} |")
    roles = [f"| {nom} | {compte.role.value} | {compte.qui} |" for nom, compte in sorted(PERSONNES.items())]
    legende = ["", "## Les personnes", "", "| Nom | Rôle | Qui |", "|---|---|---|", *roles, ""]
    return EN_TETE + "\n".join([*lignes, *legende])


def _personnes(noms: list[str]) -> str:
    return "toutes les personnes" if len(noms) == len(NOMS) else ", ".join(sorted(noms))
