"""What is said of a hearing that was held: its hours, who stood beside the person, what should not have happened."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.roles import Role
from convention.acteur import Acteur
from dossiers.models import Dossier
from presentation.temps import date_fr, heure_fr
from requisitions.audition import PATIENT, a_assister, aptitude, statut_connu
from requisitions.models import Derogation, Requisition, Seance, Volet
from requisitions.notifications import relater_en_interne
from requisitions.policies import agit
from requisitions.workflow.table import ouverte as lettre_ouverte
from transitions.workflow import TransitionRefusee

# §3.3, `aptitude_avis` « non sollicité (motif) »: a number of its own, counted with the other points lifted.
SANS_AVIS = "T-11"
ECRITS = ("interruption", "representant", "representant_absent", "avocat", "interprete")


@dataclass(frozen=True, slots=True)
class Constat:
    """What happened. What its issue does not call for is not kept."""

    issue: str
    lieu: str = ""
    debut: datetime | None = None
    fin: datetime | None = None
    interruption: str = ""
    incident: str = ""
    representant: str = ""
    representant_absent: str = ""
    avocat: str = ""
    interprete: str = ""
    reevaluer_avant: datetime | None = None
    entendu: str = ""
    statut_depuis: datetime | None = None
    sans_avis: str = ""


def noter_tenue(dossier: Dossier, seance: Seance, seances: list[Seance], constat: Constat, acteur: Acteur) -> None:
    debut, fin = _heures(constat)
    if constat.lieu not in Seance.Lieu.values:
        raise TransitionRefusee("Dites où l’audition s’est tenue.", champ="lieu")
    if constat.interruption == Seance.Interruption.INCIDENT and not constat.incident.strip():
        raise TransitionRefusee("Écrivez l’incident, sans motif de santé ni ce qui s’est dit.", champ="incident")
    for nom in ("lieu", "debut", "fin", *ECRITS):
        setattr(seance, nom, getattr(constat, nom))
    if dossier.variante == PATIENT:
        lettre = lettre_ouverte(dossier)
        _exiger_le_representant(dossier, lettre, seance)
        _exiger_l_avis(dossier, lettre, seances, constat, acteur, (debut, fin))
    else:
        _tracer_le_statut(dossier, seance, constat, fin)


def _heures(constat: Constat) -> tuple[datetime, datetime]:
    debut, fin = constat.debut, constat.fin
    if debut is None:
        raise TransitionRefusee("Indiquez l’heure du début.", champ="debut")
    if fin is None:
        raise TransitionRefusee("Indiquez l’heure de fin.", champ="fin")
    if fin <= debut:
        raise TransitionRefusee("La fin suit le début.", champ="fin")
    if fin > timezone.now():
        raise TransitionRefusee("Cette heure n’est pas encore passée.", champ="fin")
    return debut, fin


def _exiger_le_representant(dossier: Dossier, lettre: Requisition, seance: Seance) -> None:
    """In words that tell no age and no protection: a head nurse reads neither."""
    seance.representant = seance.representant.strip()
    if seance.representant or not a_assister(dossier, lettre):
        seance.representant_absent = ""
    elif seance.representant_absent not in Seance.SansRepresentant.values:
        raise TransitionRefusee(
            "Un représentant était attendu\u00a0: écrivez son nom, ou dites pourquoi il était absent.",
            champ="representant",
        )


def _exiger_l_avis(
    dossier: Dossier,
    lettre: Requisition,
    seances: list[Seance],
    constat: Constat,
    acteur: Acteur,
    heures: tuple[datetime, datetime],
) -> None:
    """Held without a certificate, it is a fact that legal affairs alone write down, and answer for."""
    avis, (debut, fin) = aptitude.avis_de(dossier), heures
    arret = aptitude.empechement(avis, debut, cadre=lettre.cadre, reporte_le=aptitude.perime_par(seances))
    if arret and not agit(dossier, acteur, Role.JURISTE):
        raise TransitionRefusee(f"{arret} Si elle l’a été quand même, appelez les affaires juridiques.", champ="debut")
    if arret and not constat.sans_avis.strip():
        raise TransitionRefusee(f"{arret} Si elle l’a été quand même, écrivez pourquoi.", champ="sans_avis")
    if arret:
        _tracer_sans_avis(dossier, debut, arret, constat.sans_avis.strip(), acteur)
        return
    depasse = aptitude.depassement(avis, debut, fin)
    if depasse and not constat.interruption and not constat.incident.strip():
        raise TransitionRefusee(
            f"{depasse} Dites si elle a été interrompue, ou écrivez l’incident.", champ="interruption"
        )


def _tracer_sans_avis(dossier: Dossier, debut: datetime, arret: str, motif: str, acteur: Acteur) -> None:
    """Noted by mistake and taken up again, the row stays: what was written under the seal is never erased."""
    Derogation.objects.create(
        dossier=dossier,
        controle=SANS_AVIS,
        constat=f"Audition du {date_fr(debut)} à {heure_fr(debut)} tenue quand même. {arret}"[:300],
        motif=motif[:300],
        levee_par_id=acteur.utilisateur_id,
    )
    relater_en_interne(
        dossier=dossier,
        nom="audition_sans_avis",
        libelle="Audition tenue sans avis favorable, ou sans accord",
        acteur=acteur,
        commentaire=f"{arret} {motif}",
    )


def _tracer_le_statut(dossier: Dossier, seance: Seance, constat: Constat, fin: datetime) -> None:
    """A witness who becomes a suspect has other rights from that minute on: it is written (§3.3)."""
    if constat.entendu not in Seance.Entendu.values:
        raise TransitionRefusee("Dites à quel titre le professionnel a été entendu.", champ="entendu")
    connu = statut_connu(dossier, lettre_ouverte(dossier), Volet.objects.filter(dossier=dossier).first())
    if connu and connu != constat.entendu:
        if constat.statut_depuis is None:
            raise TransitionRefusee(
                f"Il était attendu comme «\u00a0{Seance.Entendu(connu).label}\u00a0»\u00a0: écrivez à quelle heure son "
                "statut a changé, ses droits ne sont plus les mêmes.",
                champ="statut_depuis",
            )
        if constat.statut_depuis > fin:
            raise TransitionRefusee("Le statut a changé avant la fin de l’audition.", champ="statut_depuis")
        seance.statut_depuis = constat.statut_depuis
    seance.entendu = constat.entendu
