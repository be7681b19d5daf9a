"""Cases opened in one move from a letter: each with its own recipient, its own words, and nothing of the other's."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from convention.acteur import Acteur
from dossiers.models import Dossier, Lien, Personne
from dossiers.suivi import relater, verrouiller
from signalements import policies
from signalements.contenu import Lu, arme_notee, lire
from signalements.declarations import ecriture
from signalements.declarations.policies import peut_commencer as peut_declarer
from signalements.declarations.routes import ROUTES
from signalements.depart import commencer
from signalements.voies import VOIES, Voie
from transitions.verdict import Verdict, non
from transitions.workflow import TransitionRefusee

# The voie that is proposed for each child of a case. A child exposed to the violence of a parent: at least the CRIP;
# its own steps say when the prosecutor is right. A brother or a sister: the same voie as the child who is seen.
ENFANT = {
    "VC_SANS_ACCORD": "MINEUR_IP",
    "MAJEUR_AVEC_ACCORD": "MINEUR_IP",
    "MINEUR_IP": "MINEUR_IP",
    "MINEUR_SIGNALEMENT": "MINEUR_SIGNALEMENT",
    "RADICALISATION_MINEUR": "MINEUR_IP",
    "MSF": "MSF",
}
SURETE, PARTENAIRE = "ALERTE_SURETE", "ARME_PREFET"
MAJORITE = 18
# Namespace of the keys: sent twice, the same child gives the same case.
ESPACE = uuid.UUID("5f0a5a1e-6d0f-4d0a-9a3e-5a3c2b7f1c11")


@dataclass(frozen=True, slots=True)
class Proposition:
    """One case that the letter calls for. `empeche`: why this reader does not open it, and what to do instead.

    `a_confirmer`: what only the reporter knows, ticked before the draft opens.
    """

    nature: str
    libelle: str
    destinataire: str
    cle: uuid.UUID
    enfant: Personne | None = None
    empeche: str = ""
    a_confirmer: str = ""


def peut_lier(lu: Lu, acteur: Acteur) -> Verdict:
    if lu.voie.code not in ENFANT:
        return non("Des dossiers liés se préparent pour des enfants, à partir d’une situation qui les nomme.")
    return policies.est_auteur(lu.dossier, acteur)


def propositions(lu: Lu, acteur: Acteur) -> list[Proposition]:
    """The cases not yet opened: a child each, and the security of the site when the designated author is there."""
    if not peut_lier(lu, acteur):
        return []
    voie = VOIES[ENFANT[lu.voie.code]]
    ouverts = set(lu.dossier.liens_sortants.values_list("nature_lien", flat=True))
    trouvees = [
        Proposition(
            _nature(enfant),
            f"Enfant{f' de {enfant.age} ans' if enfant.age is not None else ''}, {_mot(voie)}",
            "à la cellule départementale (CRIP)" if voie.code == "MINEUR_IP" else "au procureur, avec copie à la CRIP",
            uuid.uuid5(ESPACE, f"{lu.dossier.cle}:{enfant.pk}"),
            enfant,
        )
        for enfant in lu.enfants
        if enfant.age is None or enfant.age < MAJORITE
    ]
    if arme_notee(lu.lettre):
        trouvees.append(_partenaire(lu))
    if lu.lettre.auteur_present_hopital == "OUI" and lu.voie.demande("auteur_present_hopital"):
        permis = peut_declarer(ROUTES[SURETE], acteur)
        trouvees.append(
            Proposition(
                "surete",
                "Sûreté du site, sans nom ni motif médical",
                "à la police et à la sous-préfecture",
                uuid.uuid5(ESPACE, f"{lu.dossier.cle}:surete"),
                empeche=""
                if permis
                else "Appelez le poste de sécurité, sans motif médical\u00a0: le cadre ou la garde trace l’alerte.",
            )
        )
    return [proposition for proposition in trouvees if proposition.nature not in ouverts]


def _partenaire(lu: Lu) -> Proposition:
    """Article 226-14, 4° is about who consults: the weapon of a partner whom nobody here treats opens nothing."""
    return Proposition(
        "partenaire",
        "Partenaire armé, s’il vous consulte lui-même",
        "au préfet, par la sous-préfecture",
        uuid.uuid5(ESPACE, f"{lu.dossier.cle}:partenaire"),
        a_confirmer="Il me consulte aussi, et je sais qu’il détient une arme.",
    )


def _mot(voie: Voie) -> str:
    """What is proposed: the document's name, or the situation when the document has the common one."""
    return (voie.mots.nom if voie.mots.nom != "Signalement" else voie.libelle).lower()


def _nature(enfant: Personne) -> str:
    return f"enfant {enfant.pk}"


@transaction.atomic
def preparer(*, dossier: Dossier, acteur: Acteur, confirmees: Collection[str] = ()) -> list[Dossier]:
    """Open every draft that is still missing. Only the child's first name and age go with it."""
    lu = lire(verrouiller(dossier))
    verdict = peut_lier(lu, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    crees = []
    for proposition in propositions(lu, acteur):
        if proposition.empeche or (proposition.a_confirmer and proposition.nature not in confirmees):
            continue
        cible = _ouvrir(lu, proposition, acteur)
        Lien.objects.get_or_create(origine=lu.dossier, cible=cible, defaults={"nature_lien": proposition.nature})
        crees.append(cible)
    if crees:
        libelle = f"{len(crees)} dossier{'s' if len(crees) > 1 else ''} lié{'s' if len(crees) > 1 else ''} en brouillon"
        relater(dossier=lu.dossier, nom="lier", libelle=libelle, acteur=acteur, reserve=True)
    return crees


def _ouvrir(lu: Lu, proposition: Proposition, acteur: Acteur) -> Dossier:
    if proposition.nature == "surete":
        return ecriture.commencer(voie=ROUTES[SURETE], cle=proposition.cle, acteur=acteur)
    if proposition.enfant is None:
        return commencer(voie=VOIES[PARTENAIRE], cle=proposition.cle, acteur=acteur)
    cible = commencer(voie=VOIES[ENFANT[lu.voie.code]], cle=proposition.cle, acteur=acteur)
    _nommer(cible, proposition.enfant)
    return cible


def _nommer(cible: Dossier, enfant: Personne) -> None:
    if not cible.personnes.exists():
        Personne.objects.create(
            dossier=cible, role=Personne.Role.CONCERNEE, prenoms=enfant.prenoms, age=enfant.age, sexe=enfant.sexe
        )
