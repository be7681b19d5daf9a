"""A refusal in two persons (§2.10): legal affairs propose and may take back, the direction signs or sends back."""

import uuid

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from convention.acteur import Acteur, rattachements_valides
from convention.identites import meme_personne
from dossiers import echeances
from dossiers.classes import Classe
from dossiers.models import Dossier, Participation
from dossiers.models.participation import Part
from dossiers.participations import Octroi, accorder
from dossiers.suivi import relater, verrouiller
from requisitions import documents
from requisitions.circuit import ACCUEIL, DAJ, DIRECTION, copier_au_parquet, service
from requisitions.controles import r25_execution
from requisitions.delais import du_visa
from requisitions.etats import INSTRUITE
from requisitions.faits import faits_de
from requisitions.lettres import motifs
from requisitions.models import RefusPropose, Requisition
from requisitions.notifications import annoncer_refus
from requisitions.policies import peut_proposer_refus, peut_refuser
from requisitions.refus import en_attente
from requisitions.types_acte import type_acte
from requisitions.workflow.echanges import exiger_neutre
from requisitions.workflow.instruction import figer
from requisitions.workflow.table import appliquer, exiger, exiger_verdict, ouverte
from transitions.verdict import OUI, Verdict, non
from transitions.workflow import TransitionRefusee

Decision = RefusPropose.Decision
AUTRE_PERSONNE = "Vous avez proposé ce refus\u00a0: une autre personne de la direction le vise."
CHANGEE = "Cette proposition n’attend plus de visa\u00a0: relisez le dossier."
Refus = Requisition.Refus
EMPECHENT = frozenset({Refus.INDISPONIBILITE, Refus.REFUS_PERSONNE})
MINEUR_NON_REFUSE = "Un refus ne se motive alors que par une impossibilité matérielle ou le refus de la personne."
PERSONNE = "Aucune autre personne de la direction n’a de compte pour viser ce refus. Demandez-le."


@transaction.atomic
def proposer_refus(*, dossier: Dossier, acteur: Acteur, motif: str, texte: str) -> RefusPropose:
    """A coded ground and the words of the letter. The case does not move, and nobody outside learns of it."""
    dossier = verrouiller(dossier)
    exiger_verdict(peut_proposer_refus(dossier, acteur))
    if dossier.etat not in INSTRUITE:
        raise TransitionRefusee("Un refus se propose pendant le contrôle ou l’exécution.")
    if en_attente(dossier):
        raise TransitionRefusee("Un refus attend déjà le visa de la direction.")
    if motif not in motifs.possibles(dossier.variante):
        raise TransitionRefusee("Ce motif laisserait deviner une présence. Donnez plutôt la réponse neutre.")
    lettre = ouverte(dossier)
    exiger_neutre(dossier, lettre, texte)
    _exiger_l_examen(dossier, lettre, motif)
    viseurs = rattachements_valides().filter(role=Role.DIRECTION, service__code=DIRECTION)
    if not viseurs.exclude(utilisateur_id=acteur.utilisateur_id).exists():
        raise TransitionRefusee(PERSONNE)
    delai = du_visa(dossier.urgence, timezone.localtime())
    refus: RefusPropose = RefusPropose.objects.create(
        dossier=dossier,
        motif=motif,
        texte=texte,
        viser_avant=delai.echeance_le,
        calcul=delai.calcul,
        propose_le=timezone.now(),
        propose_par_id=acteur.utilisateur_id,
    )
    ligne = f"{type_acte(dossier.variante).libelle} · {dossier.service_emetteur.nom_externe}"[:160]
    octroi = Octroi(Part.Role.OBSERVATEUR, ligne, "Refus à viser", ACCUEIL, service=service(DIRECTION))
    accorder(dossier=dossier, octrois=[octroi], acteur=acteur)
    _dire(refus, acteur, "proposer_refus", "Refus proposé à la direction", "propose", DIRECTION)
    return refus


@transaction.atomic
def retirer_refus(*, dossier: Dossier, acteur: Acteur, proposition: uuid.UUID) -> None:
    """Legal affairs think again before the visa."""
    dossier = verrouiller(dossier)
    exiger_verdict(peut_proposer_refus(dossier, acteur))
    refus = _decider(dossier, acteur, proposition, Decision.RETIRE)
    _dire(refus, acteur, "retirer_refus", "Proposition de refus retirée", "retire", DIRECTION)


@transaction.atomic
def renvoyer_refus(*, dossier: Dossier, acteur: Acteur, proposition: uuid.UUID, mot: str) -> None:
    """The direction does not sign, and says why to legal affairs alone."""
    dossier = verrouiller(dossier)
    refus = _decider(dossier, acteur, proposition, Decision.RENVOYE, mot=mot)
    _dire(refus, acteur, "renvoyer_refus", "Refus renvoyé par la direction", "renvoye", DAJ)


@transaction.atomic
def refuser(*, dossier: Dossier, acteur: Acteur, proposition: uuid.UUID) -> Dossier:
    """The visa: the letter leaves for the requester, its copy for the parquet, exactly as it was proposed."""
    dossier = exiger("refuser", dossier, acteur)
    refus = _decider(dossier, acteur, proposition, Decision.VISE)
    dossier = appliquer("refuser", dossier, acteur)
    lettre = ouverte(dossier)
    lettre.refus_motif, lettre.refus_texte = refus.motif, refus.texte
    _exiger_l_examen(dossier, lettre, refus.motif)
    exiger_neutre(dossier, lettre, refus.texte)
    figer(lettre, dossier)
    echeances.tenir(dossier=dossier, nom="reponse")
    parquet = copier_au_parquet(dossier, lettre, acteur, "Réquisition refusée")
    ecrit = documents.refus_motive(dossier, lettre)
    documents.verser(ecrit, dossier, classe=Classe.JUDICIAIRE, remise_a=[lettre.service_requerant, parquet])
    return dossier


def peut_viser(refus: RefusPropose, acteur: Acteur) -> Verdict:
    """A person of the direction, never the one who proposed, under this account or another."""
    verdict = peut_refuser(refus.dossier, acteur)
    if not verdict:
        return verdict
    if refus.propose_par_id == acteur.utilisateur_id:
        return non(AUTRE_PERSONNE)
    raison = meme_personne(refus.propose_par, User.objects.get(pk=acteur.utilisateur_id))
    return non(raison) if raison else OUI


def _exiger_l_examen(dossier: Dossier, lettre: Requisition, motif: str) -> None:
    """R-25: a minor in custody is not refused an examination, unless the refusal is what prevents it, in writing."""
    if motif not in EMPECHENT and (constat := r25_execution(faits_de(dossier, lettre))):
        raise TransitionRefusee(f"{constat.message} {MINEUR_NON_REFUSE}", champ="motif")


def _decider(
    dossier: Dossier, acteur: Acteur, proposition: uuid.UUID, decision: Decision, *, mot: str = ""
) -> RefusPropose:
    """The end of exactly the proposal that was read, by another person when it is the direction who decides."""
    refus = en_attente(dossier)
    if refus is None or refus.cle != proposition:
        raise TransitionRefusee(CHANGEE)
    if decision != Decision.RETIRE:
        exiger_verdict(peut_viser(refus, acteur))
    refus.decision, refus.mot = decision, mot
    refus.decide_le, refus.decide_par_id = timezone.now(), acteur.utilisateur_id
    refus.save()
    return refus


def _dire(refus: RefusPropose, acteur: Acteur, nom: str, libelle: str, jalon: str, vers: str) -> None:
    """An event of the hospital alone, and a notice to the service that must now act."""
    relater(dossier=refus.dossier, nom=nom, libelle=libelle, acteur=acteur, reserve=True)
    groupe = service(vers).groupe_id
    Participation.objects.vivantes().filter(content_object=refus.dossier, group_id=groupe).update(non_lu=True)
    annoncer_refus(refus=refus, jalon=jalon)
