"""A hearing and its sessions: its word of state, who may do what of it. Rules, and the readings they need."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils import timezone

from accounts.roles import Role
from convention.acteur import Acteur
from dossiers.models import Dossier
from requisitions import etats
from requisitions.audition.aptitude import INAPTE, REFUS, Avis
from requisitions.minorite import age_le, est_mineur
from requisitions.models import Cadre, Requisition, Seance, Volet
from requisitions.policies import SORTIE, agit, est_medecin_designe, peut_valider
from requisitions.types_acte import Famille, codes
from transitions.verdict import OUI, Verdict, non

ECHEANCE = "audition"
AUDITIONS = codes(Famille.AUDITION)
PATIENT, PROFESSIONNEL = "AUD_PAT", "AUD_PRO"
Issue = Seance.Issue
Statut = Requisition.Statut
MINEURS = frozenset({Statut.RETENUE_MINEUR, Statut.MINEUR_DETENU})
MISES_EN_CAUSE = frozenset({Statut.SUSPECT, Statut.GAV, Statut.RETENUE_MINEUR, Statut.RETENUE_DOUANE})
PROGRAMMABLE = frozenset({etats.VALIDEE, etats.AFFECTEE, etats.EN_EXECUTION, etats.PRETE, etats.REMISE})
# The event of a case that says when the direction was told.
PREVENUE = "prevenir_direction"
PARTIE = frozenset({etats.PRETE, etats.REMISE})


class Situation(NamedTuple):
    """Where a hearing stands (§3.3): a code, and the words of one reader."""

    code: str
    libelle: str
    ton: str
    icone: str


DEMANDEE = Situation("DEMANDEE", "Demandée", "info", "inbox")
PROGRAMMEE = Situation("PROGRAMMEE", "Programmée", "info", "calendar")
REALISEE = Situation("REALISEE", "Tenue", "ok", "check")
REFUSEE_PATIENT = Situation("REFUSEE_PATIENT", "Refusée par la personne", "danger", "hand")
REPORTEE_MEDICAL = Situation("REPORTEE_MEDICAL", "Reportée sur avis du médecin", "warn", "clock")
CLOTUREE = Situation("CLOTUREE", "Close", "mute", "archive")
PAR_ISSUE = {
    Issue.REALISEE: REALISEE,
    Issue.REFUSEE_PATIENT: REFUSEE_PATIENT,
    Issue.REPORTEE_MEDICAL: REPORTEE_MEDICAL,
    Issue.NON_TENUE: DEMANDEE,
}
# What everybody else reads of an issue: never a reason of health.
NEUTRES = {Issue.REPORTEE_MEDICAL: "Reportée", Issue.NON_TENUE: "N’a pas eu lieu"}


def situation(etat: str, seances: Sequence[Seance], avis: Sequence[Avis] = ()) -> Situation:
    """Pure: the open session, else the last one, unless a certificate given since says otherwise."""
    if etat in etats.SANS_SUITE | {etats.CLOTUREE}:
        return CLOTUREE
    derniere = seances[-1] if seances else None
    if derniere is not None and not derniere.issue:
        return PROGRAMMEE
    dernier = avis[-1] if avis else None
    depuis = derniere.constatee_le if derniere else None
    if dernier is not None and (depuis is None or dernier.donne_le > depuis):
        if dernier.accord == REFUS:
            return REFUSEE_PATIENT
        return REPORTEE_MEDICAL if dernier.valeur == INAPTE else DEMANDEE
    return PAR_ISSUE[Issue(derniere.issue)] if derniere else DEMANDEE


def en_mots_neutres(vue: Situation) -> Situation:
    """The same state in words that say nothing of health."""
    return vue._replace(libelle="Reportée") if vue.code == REPORTEE_MEDICAL.code else vue


def issue_dite(seance: Seance, *, neutre: bool) -> str:
    """The issue of one session; `neutre`: without a reason of health."""
    if not seance.issue:
        return ""
    issue = Issue(seance.issue)
    return str(NEUTRES.get(issue, issue.label) if neutre else issue.label)


def ouverte(seances: Sequence[Seance]) -> Seance | None:
    return next((seance for seance in seances if not seance.issue), None)


def peut_programmer(dossier: Dossier, acteur: Acteur) -> Verdict:
    """Legal affairs, or the administrator on call for a patient; a slot says that somebody is here, so it waits for
    the call back, and for the answer where the answer itself is the appointment."""
    if dossier.variante not in AUDITIONS:
        return non("Cette demande n’est pas une audition.")
    if not (verdict := peut_valider(dossier, acteur)):
        return verdict
    if dossier.etat not in PROGRAMMABLE:
        return non("L’audition se programme une fois la réquisition validée, tant qu’elle n’est pas close.")
    if dossier.variante == PROFESSIONNEL and dossier.etat not in PARTIE:
        return non("Le rendez-vous s’écrit dans la réponse à la convocation, tant qu’elle n’est pas partie.")
    return OUI


def peut_constater(dossier: Dossier, acteur: Acteur) -> Verdict:
    """Who was there, or who was told: the doctor, a head nurse who takes part, legal affairs, the one on call."""
    if dossier.variante not in AUDITIONS:
        return non("Cette demande n’est pas une audition.")
    maison = agit(dossier, acteur, Role.JURISTE, Role.GARDE)
    soin = est_medecin_designe(dossier, acteur) or agit(dossier, acteur, Role.CADRE)
    if not maison and not (soin and dossier.variante == PATIENT):
        return non("L’audition se constate par le médecin, les affaires juridiques ou l’administrateur de garde.")
    if dossier.etat not in PROGRAMMABLE:
        return non("Cette réquisition n’est pas validée, ou elle est close.")
    return OUI


def peut_reprendre_le_constat(dossier: Dossier, acteur: Acteur) -> Verdict:
    """What was noted by mistake is noted again by legal affairs, as long as the case is not closed."""
    if dossier.variante not in AUDITIONS or not agit(dossier, acteur, Role.JURISTE):
        return non("Ce qui a été noté d’une audition se corrige par les affaires juridiques.")
    seances = list(dossier.seances.all())
    if dossier.etat not in PROGRAMMABLE or not seances or ouverte(seances):
        return non("Il n’y a rien à corriger\u00a0: aucune audition notée, ou une autre est programmée.")
    return OUI


def peut_reevaluer(dossier: Dossier, acteur: Acteur) -> Verdict:
    """The named doctor, once the first certificate has left: before, they write it again."""
    if dossier.variante != PATIENT or not est_medecin_designe(dossier, acteur):
        return non("Un nouvel avis d’aptitude est celui du médecin désigné.")
    if dossier.etat not in PARTIE:
        return non("Tant que le premier avis n’est pas parti, modifiez-le.")
    return OUI


def peut_remettre_un_avis(dossier: Dossier, acteur: Acteur) -> Verdict:
    """Whoever hands the answers over."""
    if dossier.variante != PATIENT or dossier.etat not in PARTIE:
        return non("Le premier avis se remet avec la réponse.")
    return peut_valider(dossier, acteur)


def peut_verifier_la_presence(dossier: Dossier, acteur: Acteur) -> Verdict:
    """The admissions desk, once a session is programmed: it says here or not, never the ward."""
    if dossier.variante == PATIENT and agit(dossier, acteur, Role.ENTREES):
        return OUI
    return non("La présence se vérifie par le bureau des entrées.")


def sans_seance_ouverte(dossier: Dossier) -> Verdict:
    """A case is not closed on somebody about to be heard, nor on a patient of whom nobody said what happened.

    Whether a professional went to the investigators is not always the hospital's to know.
    """
    if dossier.pk is None or dossier.variante not in AUDITIONS:
        return OUI
    seance = ouverte(list(dossier.seances.all()))
    if seance is None or (dossier.variante == PROFESSIONNEL and seance.prevue_pour <= timezone.now()):
        return OUI
    return non("Une audition est programmée\u00a0: notez d’abord ce qui s’est passé.")


def statut_connu(dossier: Dossier, lettre: Requisition, volet: Volet | None) -> str:
    """As what the professional is heard so far: the last session, else the answer, else the demand."""
    derniere = dossier.seances.exclude(entendu="").last()
    if derniere is not None:
        return str(derniere.entendu)
    return str((volet.donnees.get("entendu") if volet else "") or lettre.entendu_comme)


def a_assister(dossier: Dossier, lettre: Requisition) -> bool:
    """A minor or a protected adult is heard beside their representative (§3.1)."""
    age = age_le(dossier.personnes.first(), timezone.localdate())
    protege = lettre.majeur_protege == Requisition.Protection.OUI
    return protege or est_mineur(age) or lettre.statut_personne in MINEURS


def direction_a_prevenir(lettre: Requisition, seance: Seance | None = None) -> bool:
    """§3.1: in a flagrant case no authorisation is asked and the direction is told, of what happens in the house."""
    ici = seance is None or seance.lieu != Seance.Lieu.SERVICE
    return lettre.cadre == Cadre.FLAG and lettre.type_acte in AUDITIONS and ici


def annoncee(dossier: Dossier) -> bool:
    """Whether the requester reads the sessions: a professional’s follow the answer that gives the appointment."""
    return dossier.variante == PATIENT or dossier.etat in SORTIE
