"""Before a planned seizure: the archives say what they found and copied; a responsible doctor is told later."""

from django.db import transaction

from accounts.models import User
from convention.acteur import Acteur
from dossiers.models import Dossier
from dossiers.participations import accorder
from dossiers.suivi import verrouiller
from requisitions.circuit import octrois_de_preparation
from requisitions.models import Preparation
from requisitions.notifications import relater_en_interne
from requisitions.policies import peut_controler
from requisitions.saisie.preparation import OUVERTE, medecins_prevenus, peut_dire_la_preparation
from requisitions.types_acte import type_acte
from requisitions.workflow.instruction import medecins_possibles
from transitions.workflow import TransitionRefusee

FAITE = "Dossier trouvé, copie intégrale faite"
EN_COURS = "Recherche du dossier notée, copie non faite"


@transaction.atomic
def noter_preparation(
    *, dossier: Dossier, acteur: Acteur, trouve: str, ancien: str, copie: bool = False, precision: str = ""
) -> Preparation:
    """The copy is full when the whole record is found, the old paper one looked for. Legal affairs are told."""
    dossier = verrouiller(dossier)
    verdict = peut_dire_la_preparation(dossier, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    if copie and trouve != Preparation.Recherche.COMPLET:
        raise TransitionRefusee("La copie est intégrale quand tout le dossier est trouvé.", champ="copie")
    if copie and ancien == Preparation.Ancien.A_CHERCHER:
        raise TransitionRefusee("Cherchez d’abord l’ancien dossier papier.", champ="ancien")
    preparation = Preparation.objects.filter(dossier=dossier).first() or Preparation(dossier=dossier)
    preparation.trouve, preparation.ancien, preparation.copie = trouve, ancien, copie
    preparation.precision, preparation.dite_par_id = precision, acteur.utilisateur_id
    preparation.save()
    libelle = FAITE if copie else EN_COURS
    relater_en_interne(dossier=dossier, nom="noter_preparation", libelle=libelle, acteur=acteur)
    return preparation


@transaction.atomic
def prevenir_medecin(*, dossier: Dossier, acteur: Acteur, medecin: User) -> None:
    """The doctor was not known when the seizure was entrusted, or another one treats the patient."""
    dossier = verrouiller(dossier)
    verdict = peut_controler(dossier, acteur)
    if not verdict or dossier.etat not in OUVERTE or not type_acte(dossier.variante).saisie:
        raise TransitionRefusee(verdict.raison or "La préparation ne change plus.")
    if medecin not in medecins_possibles(dossier):
        raise TransitionRefusee("Cette personne ne peut pas être désignée.")
    if medecin.pk in {part.user_id for part in medecins_prevenus(dossier)}:
        raise TransitionRefusee("Ce médecin est déjà prévenu.")
    accorder(dossier=dossier, octrois=octrois_de_preparation(medecin, archives=False), acteur=acteur)
    relater_en_interne(dossier=dossier, nom="prevenir_medecin", libelle="Médecin responsable prévenu", acteur=acteur)
