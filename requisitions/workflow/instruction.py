"""What legal affairs do before anything is executed: control, put right, lift, validate, assign, call back."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from convention.acteur import Acteur, rattachements_valides
from convention.models import Contact
from documents.empreinte import empreinte
from dossiers import echeances
from dossiers.classes import Classe
from dossiers.models import Dossier, Exclusion
from dossiers.models.participation import Part
from dossiers.participations import Octroi, accorder, confirmer
from dossiers.suivi import relater, verrouiller
from requisitions import documents, etats
from requisitions.circuit import (
    ACCUEIL,
    ARCHIVES,
    CORPS_A_GARDER,
    DAJ,
    MORTUAIRE,
    codes_du_circuit,
    copier_au_parquet,
    octrois_de_preparation,
    service,
)
from requisitions.controles import levable, r25
from requisitions.faits import DETENTION, faits_de
from requisitions.levees import a_lever, peut_lever, points_bloquants
from requisitions.mentions import LIBELLES
from requisitions.models import Regularisation, Requisition
from requisitions.policies import peut_authentifier, peut_controler
from requisitions.types_acte import type_acte
from requisitions.workflow.delai import clore_le_premier_retour
from requisitions.workflow.direction import prevenir_la_direction
from requisitions.workflow.echanges import exiger_neutre
from requisitions.workflow.grille import remplir_la_grille
from requisitions.workflow.levees import justifier, lever_les_points
from requisitions.workflow.table import appliquer, exiger, ouverte
from transitions.workflow import TransitionRefusee

REGULARISER_SOUS = timedelta(days=15)
PARTIE = frozenset({etats.CLOTUREE, etats.REFUSEE, etats.ABANDONNEE, etats.ANNULEE})


@transaction.atomic
def controler(*, dossier: Dossier, acteur: Acteur) -> Dossier:
    """Take the requisition in hand: the system fills its half of the grid."""
    dossier = appliquer("controler", dossier, acteur)
    remplir_la_grille(dossier, ouverte(dossier), acteur)
    return dossier


@transaction.atomic
def noter_mentions(
    *, dossier: Dossier, acteur: Acteur, mentions: Mapping[str, tuple[str, str]], urgence_vitale: bool = False
) -> None:
    """Record what the jurist read: numéro → (résultat, précision). Only while the control is open."""
    dossier = verrouiller(dossier)
    verdict = peut_controler(dossier, acteur)
    if not verdict or dossier.etat != etats.EN_CONTROLE:
        raise TransitionRefusee(verdict.raison or "Le contrôle n’est pas ouvert.")
    for mention in dossier.mentions.all():
        resultat, precision = mentions.get(mention.numero, (mention.resultat, mention.precision))
        mention.resultat, mention.precision, mention.automatique = resultat, precision, False
        mention.verifie_par_id = acteur.utilisateur_id
        mention.save()
    lettre = ouverte(dossier)
    if lettre.urgence_vitale != urgence_vitale:
        lettre.urgence_vitale = urgence_vitale
        lettre.save()
    relater(
        dossier=dossier, nom="noter_mentions", libelle="Grille de contrôle enregistrée", acteur=acteur, reserve=True
    )


@transaction.atomic
def valider(
    *, dossier: Dossier, acteur: Acteur, derogation: str = "", motifs: Mapping[str, str] | None = None
) -> Dossier:
    """Say that the requisition stands. `derogation` lifts every blocking point, `motifs` says why each alert is passed
    over; each is one row."""
    dossier = exiger("valider", dossier, acteur)
    lettre = ouverte(dossier)
    bloquants, manques, alertes = points_bloquants(dossier, lettre)
    lever = bool(derogation) and bool(peut_lever(dossier, acteur))
    if (bloquants or manques) and not lever:
        premier = bloquants[0].message if bloquants else LIBELLES[manques[0].numero][0]
        raise TransitionRefusee(f"Un point bloque la validation : {premier}")
    faits = faits_de(dossier, lettre)
    interdits = [constat for constat in bloquants if not levable(constat, faits)]
    if interdits:
        raise TransitionRefusee(interdits[0].message)
    lever_les_points(dossier, acteur, a_lever(dossier, lettre), derogation)
    justifier(dossier, lettre, alertes, acteur, motifs or {}, derogation)
    dossier = appliquer("valider", dossier, acteur)
    clore_le_premier_retour(dossier, lettre, suite=True)
    prevenir_la_direction(dossier=dossier, lettre=lettre, acteur=acteur)
    return dossier


@transaction.atomic
def regulariser(*, dossier: Dossier, acteur: Acteur, points: list[str], texte: str) -> Dossier:
    """Ask the requester to put points right: a letter to them, a copy to the parquet, the clock paused."""
    dossier = appliquer("regulariser", dossier, acteur)
    lettre = ouverte(dossier)
    exiger_neutre(dossier, lettre, texte)
    clore_le_premier_retour(dossier, lettre, suite=False)
    demande = Regularisation.objects.create(
        dossier=dossier,
        points=points,
        texte=texte,
        avant=timezone.now() + REGULARISER_SOUS,
        demandee_par_id=acteur.utilisateur_id,
    )
    if not r25(faits_de(dossier, lettre)):  # a minor in custody waits for nothing
        echeances.suspendre(dossier=dossier, nom="reponse")
    parquet = copier_au_parquet(dossier, lettre, acteur, "Régularisation demandée")
    ecrit = documents.demande_regularisation(dossier, lettre, demande)
    documents.verser(ecrit, dossier, classe=Classe.JUDICIAIRE, remise_a=[lettre.service_requerant, parquet])
    return dossier


def medecins_possibles(dossier: Dossier) -> list[User]:
    """Responsible doctors of the hospital, and where somebody is required whoever the act permits: a doctor, a nurse or
    an intern for a blood test; never those excluded from the case.

    A person in detention is not examined as an expert by the prison's own health unit (R-35).
    """
    acte = type_acte(dossier.variante)
    qui = Q(role=Role.MEDECIN_RESPONSABLE)
    if acte.requis:
        qui |= Q(role=Role.SOIGNANT, profession__in=acte.professions)
    lignes = rattachements_valides().filter(qui, service__institution__code="CHV")
    if acte.requis and dossier.requisition.statut_personne in Requisition.DETENUS:
        en_detention = rattachements_valides().filter(service__domaine=DETENTION)
        lignes = lignes.exclude(utilisateur__in=en_detention.values("utilisateur"))
    ecartes = Exclusion.objects.filter(dossier_id=dossier.pk).values("utilisateur_id")
    possibles = User.objects.filter(pk__in=lignes.order_by().values("utilisateur")).exclude(pk__in=ecartes)
    return list(possibles.order_by("nom", "prenom"))


@transaction.atomic
def affecter(*, dossier: Dossier, acteur: Acteur, consigne: str, medecin: User | None = None) -> Dossier:
    """Entrust the execution: to a named doctor, or to the service of the kind of act. `consigne` is all they read."""
    acte = type_acte(dossier.variante)
    if acte.nomme_un_medecin and medecin is None:
        raise TransitionRefusee(acte.a_designer)
    if medecin is not None and medecin not in medecins_possibles(dossier):
        raise TransitionRefusee("Cette personne ne peut pas être désignée.")
    dossier = appliquer("affecter", dossier, acteur)
    confier(dossier=dossier, acteur=acteur, consigne=consigne, medecin=medecin)
    return dossier


def confier(*, dossier: Dossier, acteur: Acteur, consigne: str, medecin: User | None) -> None:
    """Give the parts of those who execute, and the words they read; a part that lives already stays as it is."""
    acte = type_acte(dossier.variante)
    lettre = ouverte(dossier)
    lettre.consigne = consigne
    lettre.save()
    ligne = f"{acte.ligne_executant}"
    octrois = octrois_de_preparation(medecin) if acte.copie_prealable else []
    if medecin is not None and not acte.copie_prealable:
        octrois.append(Octroi(Part.Role.EXECUTANT, ligne, "Médecin désigné", ACCUEIL, personne=medecin))
    services = [ARCHIVES] if acte.medecin else [] if acte.requis else [acte.executant]
    octrois += [
        Octroi(Part.Role.EXECUTANT, ligne, "Exécution", ACCUEIL, service=service(code))
        for code in services
        if code != DAJ
    ]
    if acte.requis and MORTUAIRE in codes_du_circuit(lettre):
        octrois.append(Octroi(Part.Role.EXECUTANT, CORPS_A_GARDER, "Exécution", ACCUEIL, service=service(MORTUAIRE)))
    confirmer(dossier=dossier, octrois=octrois)
    accorder(dossier=dossier, octrois=octrois, acteur=acteur)


def figer(lettre: Requisition, dossier: Dossier, **sortie: object) -> None:
    """Freeze the letter with the hash of what was asked, of whom it is about, and of what leaves."""
    champs = {nom: getattr(lettre, nom) for nom in Requisition.CLASSES if nom not in {"articles", "ligne_decision"}}
    personnes = [(personne.nom, personne.prenoms, personne.naissance) for personne in dossier.personnes.all()]
    lettre.empreinte = empreinte({**champs, "personnes": personnes, **sortie})
    lettre.fige_le = timezone.now()
    lettre.save()


def numero_de_l_annuaire(lettre: Requisition, contact: Contact) -> str:
    """The number dialled is one of the directory's, of the requiring service, and still valid."""
    if contact.service_id != lettre.service_requerant_id or not contact.telephone:
        raise TransitionRefusee("Appelez un numéro de l’annuaire de ce service.", champ="contact")
    if contact.expire:
        raise TransitionRefusee("Ce numéro n’est plus valable. Appelez-en un autre de l’annuaire.", champ="contact")
    return str(contact.telephone)


@transaction.atomic
def authentifier_par_rappel(*, dossier: Dossier, acteur: Acteur, contact: Contact) -> None:
    """Note that the requesting service was called back, at a number of the directory and no other."""
    dossier = verrouiller(dossier)
    verdict = peut_authentifier(dossier, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    lettre = ouverte(dossier)
    numero = numero_de_l_annuaire(lettre, contact)
    if lettre.fige_le or dossier.etat in PARTIE:
        raise TransitionRefusee("La réponse est déjà partie.")
    lettre.authentifiee_le, lettre.authentifiee_par_id = timezone.now(), acteur.utilisateur_id
    lettre.numero_rappel = numero
    lettre.save()
    relater(
        dossier=dossier,
        nom="authentifier",
        libelle="Service requérant rappelé au numéro de l’annuaire",
        acteur=acteur,
        reserve=True,
    )
