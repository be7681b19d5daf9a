"""A named doctor who cannot answer says so; legal affairs name another, as long as no answer was given."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from convention.acteur import Acteur
from dossiers.concurrence import version_attendue
from dossiers.models import Dossier
from dossiers.models.participation import Part
from dossiers.participations import Octroi, accorder, terminer_personne
from requisitions.circuit import ACCUEIL, GARDE, service
from requisitions.controles import controler as controler_faits
from requisitions.controles import r11
from requisitions.delais import hors_heures_ouvrees
from requisitions.designation import accord_de, designes
from requisitions.faits import faits_de
from requisitions.models import AccordMedecin, Recusation, Requisition, Tri, Volet
from requisitions.notifications import annoncer_remplacement
from requisitions.types_acte import type_acte
from requisitions.workflow.instruction import confier, medecins_possibles
from requisitions.workflow.table import appliquer, exiger, ouverte
from transitions.workflow import TransitionRefusee

DECLINE = "Le médecin désigné ne peut pas répondre, un autre est à désigner"
DEFINITIFS = (Recusation.Motif.LIEN, Recusation.Motif.COMPETENCE)
REFUSE = (
    "Le médecin désigné a refusé la remise. Son refus est une réponse\u00a0: un autre médecin ne le remplace pas. "
    "Répondez au requérant, ou orientez vers une saisie."
)
ACCORDE = "Le médecin désigné a donné son accord. Sa réponse tient\u00a0: un autre médecin ne le remplace plus."
EXAMINE = "Le médecin désigné a déjà noté son examen. Sa réponse tient\u00a0: un autre médecin ne le remplace plus."
DEJA_REPONDU = "Vous avez déjà répondu. Modifiez votre réponse, ou prévenez les affaires juridiques."


def _volet_rempli(dossier: Dossier) -> Volet | None:
    volet: Volet | None = Volet.objects.filter(dossier=dossier).first()
    return volet if volet and volet.donnees else None


def _se_recuse_en_repondant(dossier: Dossier) -> bool:
    """The answer itself says that the doctor is concerned: R-11 of an examination, or the ground of a refusal."""
    if _volet_rempli(dossier):
        return any(constat.bloque for constat in controler_faits(faits_de(dossier, ouverte(dossier)), (r11,)))
    accord = accord_de(dossier)
    if accord is None or accord.choix != AccordMedecin.Choix.REFUSE:
        return False
    return accord.motif == AccordMedecin.Motif.RECUSATION


def arret_du_remplacement(dossier: Dossier) -> str:
    """Why no other doctor may be named now: an answer was given, and it was not « I am concerned »."""
    if _se_recuse_en_repondant(dossier):
        return ""
    accord = accord_de(dossier)
    if accord and accord.choix != AccordMedecin.Choix.SILENCE:
        return REFUSE if accord.choix == AccordMedecin.Choix.REFUSE else ACCORDE
    return EXAMINE if _volet_rempli(dossier) else ""


def remplacants(dossier: Dossier) -> list[User]:
    """Doctors that may be named instead: neither the present one, nor whoever is concerned or not competent."""
    ecartes = set(designes(dossier).values_list("user_id", flat=True))
    ecartes |= set(dossier.recusations.filter(motif__in=DEFINITIFS).values_list("recuse_par_id", flat=True))
    return [medecin for medecin in medecins_possibles(dossier) if medecin.pk not in ecartes]


@transaction.atomic
def remplacer(*, dossier: Dossier, acteur: Acteur, consigne: str, medecin: User, version: str | None = None) -> Dossier:
    """Name another doctor: the former one's part ends, and what they wrote is not the new one's."""
    dossier = exiger("remplacer", dossier, acteur)
    version_attendue(version)(dossier)
    if arret := arret_du_remplacement(dossier):
        raise TransitionRefusee(arret)
    if medecin not in remplacants(dossier):
        raise TransitionRefusee("Cette personne ne peut pas être désignée, ou l’est déjà.")
    anciens = [part.user for part in designes(dossier)]
    if _se_recuse_en_repondant(dossier):
        _mettre_de_cote(dossier, anciens)
    autre = type_acte(dossier.variante).un_autre.partition(" ")[2].capitalize()
    designe = f"{autre} désigné{'e' * type_acte(dossier.variante).pas_que_des_medecins}"
    dossier = appliquer("remplacer", dossier, acteur, donnees={"libelle": designe})
    for ancien in anciens:
        terminer_personne(dossier=dossier, personne=ancien)
    annoncer_remplacement(dossier=dossier, anciens=anciens)
    confier(dossier=dossier, acteur=acteur, consigne=consigne, medecin=medecin)
    return dossier


def _mettre_de_cote(dossier: Dossier, anciens: list[User]) -> None:
    """The answer of a doctor who is concerned counts no more: its history keeps it, nothing of it leaves."""
    for ancien in anciens:
        Recusation.objects.create(dossier=dossier, recuse_par=ancien, motif=Recusation.Motif.LIEN)
    if volet := _volet_rempli(dossier):
        volet.donnees = {}
        volet.save()
        for tri in Tri.objects.filter(piece__dossier=dossier):
            tri.decision = Tri.Decision.ECARTER
            tri.save()


@transaction.atomic
def decliner(*, dossier: Dossier, acteur: Acteur, motif: str) -> Dossier:
    """The doctor is released at once; legal affairs are told, and whoever is on call when a custody runs at night."""
    dossier = exiger("decliner", dossier, acteur)
    if arret := arret_du_declin(dossier, acteur):
        raise TransitionRefusee(arret)
    if motif not in Recusation.Motif.values:
        raise TransitionRefusee("Indiquez pourquoi vous ne pouvez pas répondre.")
    lettre = ouverte(dossier)
    Recusation.objects.create(dossier=dossier, recuse_par_id=acteur.utilisateur_id, motif=motif)
    urgent = _en_garde_a_vue(dossier, lettre)
    if urgent and hors_heures_ouvrees(timezone.now()):
        _appeler_la_garde(dossier, acteur)
    decline = ne_peut_pas_repondre(dossier)
    libelle = f"Urgent, garde à vue. {decline}" if urgent else decline
    dossier = appliquer("decliner", dossier, acteur, donnees={"libelle": libelle})
    for part in designes(dossier).filter(user=acteur.utilisateur_id):
        terminer_personne(dossier=dossier, personne=part.user)
    return dossier


def ne_peut_pas_repondre(dossier: Dossier) -> str:
    acte = type_acte(dossier.variante)
    if acte.pas_que_des_medecins:
        return "La personne requise ne peut pas répondre, une autre est à désigner"
    return DECLINE


def arret_du_declin(dossier: Dossier, acteur: Acteur) -> str:
    """Who answered or examined cannot undo it by leaving."""
    a_repondu = dossier.accords.filter(donne_par=acteur.utilisateur_id).exists()
    return DEJA_REPONDU if a_repondu or _volet_rempli(dossier) else ""


def _en_garde_a_vue(dossier: Dossier, lettre: Requisition) -> bool:
    return dossier.variante == "EX_GAV" or lettre.statut_personne in {"gav", "retenue_mineur"}


def _appeler_la_garde(dossier: Dossier, acteur: Acteur) -> None:
    ligne = f"Médecin à désigner · {type_acte(dossier.variante).libelle}"[:160]
    motif = "Médecin récusé hors heures ouvrées"
    garde = Octroi(Part.Role.OBSERVATEUR, ligne, motif, ACCUEIL, service=service(GARDE))
    accorder(dossier=dossier, octrois=[garde], acteur=acteur)
