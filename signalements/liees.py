"""Cases opened in one move from a letter: each with its own recipient, its own words, and nothing of the other's."""

import uuid
from dataclasses import dataclass

from django.db import transaction

from convention.acteur import Acteur
from dossiers.models import Dossier, Lien, Personne
from dossiers.suivi import relater, verrouiller
from signalements import policies
from signalements.contenu import Lu, lire
from signalements.declarations import ecriture
from signalements.declarations.policies import peut_commencer as peut_declarer
from signalements.declarations.routes import ROUTES
from signalements.depart import commencer
from signalements.voies import VOIES
from transitions.verdict import Verdict, non
from transitions.workflow import TransitionRefusee

COUPLE = frozenset({"VC_SANS_ACCORD", "MAJEUR_AVEC_ACCORD"})
# A child exposed to the violence of a parent: at least the CRIP; its own steps say when the prosecutor is right.
ENFANT, SURETE = "MINEUR_IP", "ALERTE_SURETE"
MAJORITE = 18
# Namespace of the keys: sent twice, the same child gives the same case.
ESPACE = uuid.UUID("5f0a5a1e-6d0f-4d0a-9a3e-5a3c2b7f1c11")


@dataclass(frozen=True, slots=True)
class Proposition:
    """One case that the letter calls for. `empeche`: why this reader does not open it, and what to do instead."""

    nature: str
    libelle: str
    destinataire: str
    cle: uuid.UUID
    enfant: Personne | None = None
    empeche: str = ""


def peut_lier(lu: Lu, acteur: Acteur) -> Verdict:
    if lu.voie.code not in COUPLE:
        return non("Les dossiers liés se préparent à partir de violences dans le couple.")
    return policies.est_auteur(lu.dossier, acteur)


def propositions(lu: Lu, acteur: Acteur) -> list[Proposition]:
    """The cases not yet opened: a child each, and the security of the site when the designated author is there."""
    if not peut_lier(lu, acteur):
        return []
    ouverts = set(lu.dossier.liens_sortants.values_list("nature_lien", flat=True))
    trouvees = [
        Proposition(
            _nature(enfant),
            f"Enfant{f' de {enfant.age} ans' if enfant.age is not None else ''}, information préoccupante",
            "la cellule départementale (CRIP)",
            uuid.uuid5(ESPACE, f"{lu.dossier.cle}:{enfant.pk}"),
            enfant,
        )
        for enfant in lu.enfants
        if enfant.age is None or enfant.age < MAJORITE
    ]
    if lu.lettre.auteur_present_hopital == "OUI" and lu.voie.demande("auteur_present_hopital"):
        permis = peut_declarer(ROUTES[SURETE], acteur)
        trouvees.append(
            Proposition(
                "surete",
                "Sûreté du site, sans nom ni motif médical",
                "la police et la sous-préfecture",
                uuid.uuid5(ESPACE, f"{lu.dossier.cle}:surete"),
                empeche=""
                if permis
                else "Appelez le poste de sécurité, sans motif médical\u00a0: le cadre ou la garde trace l’alerte.",
            )
        )
    return [proposition for proposition in trouvees if proposition.nature not in ouverts]


def _nature(enfant: Personne) -> str:
    return f"enfant {enfant.pk}"


@transaction.atomic
def preparer(*, dossier: Dossier, acteur: Acteur) -> list[Dossier]:
    """Open every draft that is still missing. Only the child's first name and age go with it."""
    lu = lire(verrouiller(dossier))
    verdict = peut_lier(lu, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    crees = []
    for proposition in propositions(lu, acteur):
        if proposition.empeche:
            continue
        if proposition.enfant is None:
            cible = ecriture.commencer(voie=ROUTES[SURETE], cle=proposition.cle, acteur=acteur)
        else:
            cible = commencer(voie=VOIES[ENFANT], cle=proposition.cle, acteur=acteur)
            _nommer(cible, proposition.enfant)
        Lien.objects.get_or_create(origine=lu.dossier, cible=cible, defaults={"nature_lien": proposition.nature})
        crees.append(cible)
    if crees:
        libelle = f"{len(crees)} dossier{'s' if len(crees) > 1 else ''} lié{'s' if len(crees) > 1 else ''} en brouillon"
        relater(dossier=lu.dossier, nom="lier", libelle=libelle, acteur=acteur, reserve=True)
    return crees


def _nommer(cible: Dossier, enfant: Personne) -> None:
    if not cible.personnes.exists():
        Personne.objects.create(
            dossier=cible, role=Personne.Role.CONCERNEE, prenoms=enfant.prenoms, age=enfant.age, sexe=enfant.sexe
        )
