"""What became of a hearing's session, and what a certificate changes of it. Several sessions for one demand."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from dossiers import echeances
from dossiers.models import Dossier
from dossiers.suivi import relater, verrouiller
from requisitions.audition import (
    ECHEANCE,
    PATIENT,
    PROFESSIONNEL,
    annoncee,
    aptitude,
    ouverte,
    peut_constater,
    peut_reprendre_le_constat,
)
from requisitions.audition.annonces import annoncer_au_service
from requisitions.controles import diagnostic_devine, soin_devine
from requisitions.models import Seance, Volet
from requisitions.notifications import relater_en_interne
from requisitions.volet import lire_moment
from requisitions.workflow.audition import fixer
from requisitions.workflow.direction import prevenir_la_direction
from requisitions.workflow.table import exiger_verdict
from requisitions.workflow.table import ouverte as lettre_ouverte
from requisitions.workflow.tenue import ECRITS, Constat, noter_tenue
from transitions.workflow import TransitionRefusee

Issue, Lieu = Seance.Issue, Seance.Lieu
DITS = {
    Issue.REALISEE: "Audition tenue",
    Issue.REFUSEE_PATIENT: "La personne a refusé d’être entendue",
    Issue.REPORTEE_MEDICAL: "Audition reportée, un autre créneau suivra",
    Issue.NON_TENUE: "L’audition n’a pas eu lieu",
}
REPRIS = "reprendre_constat"
# Noted even where no slot had been given: they came, and heard the person or were refused.
SANS_RENDEZ_VOUS = frozenset({Issue.REALISEE, Issue.REFUSEE_PATIENT})


@transaction.atomic
def constater_audition(*, dossier: Dossier, acteur: Acteur, constat: Constat) -> Seance:
    """Say what became of the session: held, refused, deferred by the doctor, or not held for another reason."""
    dossier = verrouiller(dossier)
    exiger_verdict(peut_constater(dossier, acteur))
    if constat.issue not in Issue.values:
        raise TransitionRefusee("Dites ce qui s’est passé.", champ="issue")
    issue = Issue(constat.issue)
    if issue in {Issue.REFUSEE_PATIENT, Issue.REPORTEE_MEDICAL} and dossier.variante != PATIENT:
        raise TransitionRefusee("Pour un professionnel, dites que l’audition n’a pas eu lieu.", champ="issue")
    seances = list(dossier.seances.all())
    seance = ouverte(seances) or _imprevue(dossier, seances, acteur, constat)
    if issue == Issue.REALISEE:
        noter_tenue(dossier, seance, seances, constat, acteur)
    seance.incident = constat.incident.strip()
    return _conclure(dossier, seance, issue, acteur, reevaluer_avant=constat.reevaluer_avant)


def _imprevue(dossier: Dossier, seances: list[Seance], acteur: Acteur, constat: Constat) -> Seance:
    """They came without a slot. A page sent twice notes one session."""
    if constat.issue not in SANS_RENDEZ_VOUS:
        raise TransitionRefusee("Aucune audition n’est programmée.")
    derniere = seances[-1] if seances else None
    if derniere is not None and derniere.issue in SANS_RENDEZ_VOUS:
        suite = derniere.interruption and derniere.fin and constat.debut and constat.debut >= derniere.fin
        if not suite:
            raise TransitionRefusee("C’est déjà noté. Pour une autre audition, donnez d’abord un créneau.")
    maintenant = timezone.now()
    return Seance(
        dossier=dossier,
        prevue_pour=constat.debut or maintenant,
        lieu=constat.lieu or Lieu.LOCAL,
        programmee_le=maintenant,
        programmee_par_id=acteur.utilisateur_id,
    )


def _conclure(
    dossier: Dossier, seance: Seance, issue: Seance.Issue, acteur: Acteur, *, reevaluer_avant: datetime | None = None
) -> Seance:
    maintenant = timezone.now()
    if issue == Issue.REPORTEE_MEDICAL:
        seance.reevaluer_avant = reevaluer_avant or aptitude.a_reevaluer_avant(maintenant)
        if seance.reevaluer_avant <= maintenant:
            raise TransitionRefusee("L’avis se réévalue à une heure à venir.", champ="reevaluer_avant")
        attendre_la_reevaluation(dossier, maintenant, seance.reevaluer_avant)
    seance.issue, seance.constatee_le, seance.constatee_par_id = issue, maintenant, acteur.utilisateur_id
    if issue != Issue.REALISEE and seance.pk:  # of what came without a slot, nothing was told
        prevenir_la_direction(dossier=dossier, lettre=lettre_ouverte(dossier), acteur=acteur, seance=seance)
    seance.save()
    echeances.tenir(dossier=dossier, nom=ECHEANCE)
    if issue != Issue.REALISEE and seance.service_prevenu_id:
        annoncer_au_service(seance)
    suite = ", interrompue" if seance.interruption else ""
    relater(
        dossier=dossier,
        nom="constater_audition",
        libelle=f"{DITS[issue]}{suite}",
        acteur=acteur,
        reserve=not annoncee(dossier),
    )
    if seance.statut_depuis:
        relater_en_interne(
            dossier=dossier,
            nom="changer_statut",
            libelle="Changement de statut pendant l’audition, tracé",
            acteur=acteur,
        )
    return seance


@transaction.atomic
def reprendre_le_constat(*, dossier: Dossier, acteur: Acteur, motif: str) -> Seance:
    """Unsay what was noted of the last session, on a ground: it is open again, its history keeps what was said.

    The requester, who read the issue, reads that it is taken up again; the ground stays inside.
    """
    dossier = verrouiller(dossier)
    exiger_verdict(peut_reprendre_le_constat(dossier, acteur))
    if not motif.strip():
        raise TransitionRefusee("Écrivez ce qui est à corriger.", champ="motif")
    seance: Seance = list(dossier.seances.all())[-1]
    avis = aptitude.avis_de(dossier)
    if seance.issue == Issue.REPORTEE_MEDICAL and not (avis and avis[-1].valeur == aptitude.INAPTE):
        echeances.tenir(dossier=dossier, nom=aptitude.ECHEANCE)
    for nom in ("issue", "incident", "entendu", *ECRITS):
        setattr(seance, nom, "")
    for nom in ("debut", "fin", "reevaluer_avant", "statut_depuis", "constatee_le", "constatee_par"):
        setattr(seance, nom, None)
    seance.save()
    echeances.rouvrir(dossier=dossier, nom=ECHEANCE, pourquoi="Ce qui était noté est corrigé.")
    relater_en_interne(
        dossier=dossier, nom=REPRIS, libelle="Ce qui était noté est repris", acteur=acteur, commentaire=motif.strip()
    )
    if annoncee(dossier):
        relater(dossier=dossier, nom=REPRIS, libelle="L’issue notée de l’audition est corrigée", acteur=acteur)
    return seance


def attendre_la_reevaluation(dossier: Dossier, depuis: datetime, avant: datetime) -> None:
    echeances.poser(
        dossier=dossier,
        nom=aptitude.ECHEANCE,
        libelle="Aptitude à réévaluer",
        debut_le=depuis,
        echeance_le=avant,
        calcul=aptitude.CALCUL,
    )


def suivre_l_avis(dossier: Dossier, avis: aptitude.Avis, acteur: Acteur) -> None:
    """What a certificate changes: unfit defers the session that was programmed, and calls for another certificate."""
    if avis.valeur != aptitude.INAPTE:
        echeances.tenir(dossier=dossier, nom=aptitude.ECHEANCE)
        return
    avant = avis.reevaluer_avant or aptitude.a_reevaluer_avant(avis.donne_le)
    seance = ouverte(list(dossier.seances.all()))
    if seance is not None:
        _conclure(dossier, seance, Issue.REPORTEE_MEDICAL, acteur, reevaluer_avant=max(avant, _bientot()))
    attendre_la_reevaluation(dossier, avis.donne_le, avant)


def _bientot() -> datetime:
    """A certificate written down late may call for one that is already due."""
    return timezone.now() + timedelta(minutes=1)


def exiger_discretes(conditions: str) -> None:
    """The requester reads the conditions of a certificate: no ward, no treatment, no diagnosis."""
    if trouve := soin_devine(conditions):
        raise TransitionRefusee(f"«\u00a0{trouve}\u00a0» laisse deviner un soin. Retirez-le.", champ="conditions")
    if trouve := diagnostic_devine(conditions):
        raise TransitionRefusee(
            f"«\u00a0{trouve}\u00a0» laisse lire l’état de santé. Écrivez seulement ce qu’il faut à l’audition\u00a0: "
            "durée, pauses, heures.",
            champ="conditions",
        )


def suivre_le_volet(dossier: Dossier, volet: Volet, acteur: Acteur) -> None:
    """After the block was written: the first certificate of a patient, or the appointment of a professional."""
    if dossier.variante == PATIENT and (avis := aptitude.du_volet(volet.donnees)):
        suivre_l_avis(dossier, avis, acteur)
    elif dossier.variante == PROFESSIONNEL and volet.donnees.get("debut"):
        _suivre_le_rendez_vous(dossier, volet, acteur)


def _suivre_le_rendez_vous(dossier: Dossier, volet: Volet, acteur: Acteur) -> None:
    """The answer to the summons gives the appointment: it is the session, without a second entry."""
    prevue_pour = lire_moment(volet.donnees["debut"])
    lieu = Lieu.LOCAL if volet.donnees.get("lieu") == "hopital" else Lieu.SERVICE
    seances = list(dossier.seances.all())
    courante = ouverte(seances)
    if courante is None and seances:
        return
    if courante is None or (courante.prevue_pour, courante.lieu) != (prevue_pour, lieu):
        fixer(dossier, courante, acteur, prevue_pour=prevue_pour, lieu=lieu)
