"""Ten fictitious feedbacks in every state, through the verbs themselves; then their dates are put back in time."""

import uuid
from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from bilans import retours
from bilans.models import RetourExperience
from convention.acteur import acteur_de
from fiches.models import VersionFiche

CATEGORIE, ISSUE = RetourExperience.Categorie, RetourExperience.Issue


class Exemple(NamedTuple):
    """Who says what of which step, how many days ago, and how far it went. `issue` empty: it waits."""

    qui: str
    fiche: int
    etape: int
    categorie: str
    texte: str
    jours: int
    etude: bool = False
    reponse: str = ""
    issue: str = ""
    motif: str = ""


EXEMPLES = (
    Exemple(
        "soignante",
        1,
        1,
        CATEGORIE.IMPOSSIBLE,
        "La nuit, aucune pièce fermée n’est libre aux urgences. Proposer le bureau du cadre, dont l’infirmière "
        "d’accueil aurait la clé.",
        41,
        reponse="Entendu : le bureau du cadre ouvre la nuit depuis lundi. Le comité dira s’il faut l’écrire.",
        issue=ISSUE.COMITE,
    ),
    Exemple(
        "soignante",
        1,
        2,
        CATEGORIE.OBSCUR,
        "On ne sait pas si l’étape vaut aussi quand la personne revient le lendemain.",
        27,
        reponse="Oui, elle vaut à chaque passage. La phrase sera reprise à la prochaine version.",
        issue=ISSUE.COMITE,
    ),
    Exemple(
        "soignante", 6, 1, CATEGORIE.NUMERO, "Le numéro affiché sonne dans le vide après 18 heures.", 3, etude=True
    ),
    Exemple("soignante", 9, 2, CATEGORIE.DELAI, "Le délai ne tient pas quand deux examens arrivent ensemble.", 1),
    Exemple(
        "cadre",
        14,
        1,
        CATEGORIE.AUTRE,
        "Prévoir une page imprimable pour l’agent qui n’a pas d’ordinateur.",
        33,
        reponse="Le bouton « Imprimer » de la fiche donne cette page.",
        issue=ISSUE.NON_RETENU,
        motif="La fiche s’imprime déjà.",
    ),
    Exemple(
        "cadre",
        13,
        1,
        CATEGORIE.NUMERO,
        "Le poste de sécurité a changé de numéro.",
        12,
        reponse="L’annuaire est corrigé ; la fiche l’affiche aussitôt. Merci.",
    ),
    Exemple("medecin", 3, 2, CATEGORIE.OBSCUR, "Préciser qui prévient les parents, et quand on ne le fait pas.", 6),
    Exemple(
        "juriste",
        6,
        2,
        CATEGORIE.DELAI,
        "La vérification de l’habilitation demande un rappel ; la fiche ne compte pas ce temps.",
        8,
        etude=True,
    ),
    Exemple(
        "opj",
        7,
        1,
        CATEGORIE.IMPOSSIBLE,
        "Le représentant de l’Ordre n’est pas joignable le dimanche. Ajouter un suppléant.",
        19,
        reponse="L’Ordre désigne un suppléant. Je vous tiens au courant.",
    ),
    Exemple("usmp", 10, 1, CATEGORIE.DELAI, "Le préavis demandé dépasse celui des examens urgents.", 2),
)


@transaction.atomic
def peupler() -> int:
    """How many were added; none when there is feedback already."""
    if RetourExperience.objects.exists():
        return 0
    for rang, exemple in enumerate(EXEMPLES):
        _jouer(exemple, uuid.UUID(int=0xDE50 + rang, version=4))
    return len(EXEMPLES)


def _jouer(exemple: Exemple, cle: uuid.UUID) -> None:
    auteur, referente = (acteur_de(User.objects.get(courriel=f"{nom}@demo.test")) for nom in (exemple.qui, "referente"))
    version = VersionFiche.objects.select_related("fiche__thematique__convention").get(
        fiche__numero=exemple.fiche, etat=VersionFiche.Etat.EN_VIGUEUR
    )
    retour = retours.deposer(
        version=version,
        passage=version.contenu["etapes"][exemple.etape - 1]["id"],
        acteur=auteur,
        categorie=exemple.categorie,
        texte=exemple.texte,
        cle=cle,
    )
    if exemple.etude:
        retour = retours.etudier(retour=retour, acteur=referente)
    if exemple.reponse:
        retour = retours.repondre(retour=retour, acteur=referente, reponse=exemple.reponse)
    if exemple.issue:
        retour = retours.conclure(retour=retour, acteur=referente, issue=exemple.issue, motif=exemple.motif)
    _vieillir(retour, exemple.jours)


def _vieillir(retour: RetourExperience, jours: int) -> None:
    """Deposited `jours` ago, answered after a third of that time, concluded after two thirds."""
    depose = timezone.now() - timedelta(days=jours)
    retour.depose_le = depose
    for champ, part in (("etudie_le", 0.2), ("repondu_le", 0.3), ("clos_le", 0.6)):
        if getattr(retour, champ):
            setattr(retour, champ, depose + timedelta(days=jours * part))
    retour.save()
