"""What is written and not sent: a reasoned decision, an adult who is oriented, a prevention that is followed up."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from documents.empreinte import empreinte
from dossiers import echeances
from dossiers.models import Brouillon, Dossier
from dossiers.ouverture import numeroter
from signalements.contenu import Lu, canonique, lire
from signalements.controles.socle import MAJORITE
from signalements.workflow import REEVALUATION, WORKFLOW, neuf_heures
from transitions.workflow import TransitionRefusee

RESERVE = {"reserve": True}


def contre_l_orientation(lu: Lu) -> str:
    """Why this person cannot be oriented without a report; empty when she can. A pure question."""
    age = lu.concernee.age if lu.concernee else None
    if age is None:
        return "Notez d’abord son âge\u00a0: une personne mineure se signale."
    if age < MAJORITE:
        return "Elle est mineure\u00a0: son accord n’est pas nécessaire, signalez au procureur et à la CRIP."
    if (lu.lettre.propres or {}).get("incapacite_se_proteger") == "OUI":
        return "Son état l’empêche de se protéger\u00a0: signalez, son accord n’est pas nécessaire."
    return ""


def contre_la_prevention(lu: Lu) -> str:
    """Why prevention is not enough here; empty when it is. A pure question."""
    statut = (lu.lettre.propres or {}).get("msf_statut")
    if statut == "RISQUE":
        return ""
    if statut:
        return "Un risque imminent ou une mutilation constatée se signale au procureur sans attendre."
    return "Dites d’abord ce que vous constatez ou craignez, à l’étape «\u00a0Risque ou constat\u00a0»."


@transaction.atomic
def decider_non_signalement(*, dossier: Dossier, acteur: Acteur, motif: str, date_reevaluation: date) -> Dossier:
    """Keep a reasoned decision not to report, frozen like a letter, with the day it is looked at again."""
    dossier = _sortir("decider_non_signalement", dossier, acteur, motif, date_reevaluation)
    prevoir_reevaluation(dossier, date_reevaluation, apres="la décision")
    return dossier


@transaction.atomic
def orienter(*, dossier: Dossier, acteur: Acteur, motif: str) -> Dossier:
    """An adult goes at her own pace: what was offered, and what she answered, is kept; nothing leaves."""
    if raison := contre_l_orientation(lire(dossier)):
        raise TransitionRefusee(raison)
    return _sortir("orienter", dossier, acteur, motif, None)


@transaction.atomic
def suivre_prevention(*, dossier: Dossier, acteur: Acteur, motif: str, date_reevaluation: date) -> Dossier:
    """No imminent risk: what was said and done, and the day she is seen again after her return."""
    if raison := contre_la_prevention(lire(dossier)):
        raise TransitionRefusee(raison)
    dossier = _sortir("suivre_prevention", dossier, acteur, motif, date_reevaluation)
    _poser(dossier, date_reevaluation, "Contrôler au retour", "Date du contrôle au retour, choisie par l’auteur.")
    return dossier


@transaction.atomic
def clore_decision(*, dossier: Dossier, acteur: Acteur, commentaire: str = "") -> Dossier:
    """The situation was looked at again."""
    return _clore("clore_decision", dossier, acteur, commentaire)


@transaction.atomic
def clore_prevention(*, dossier: Dossier, acteur: Acteur, commentaire: str) -> Dossier:
    """She was seen again: what was found is kept."""
    return _clore("clore_prevention", dossier, acteur, commentaire)


def figer_sans_envoi(verrouille: Dossier, motif: str, jour: date | None) -> None:
    """Number and freeze what is addressed to nobody, with its reason and the day it is looked at again."""
    numeroter(verrouille, WORKFLOW.nom)
    lu = lire(verrouille)
    lu.lettre.motif_decision, lu.lettre.date_reevaluation = motif, jour
    lu.lettre.fige_le = timezone.now()
    lu.lettre.empreinte = empreinte({**canonique(lu), "motif_decision": motif})
    lu.lettre.save()


def prevoir_reevaluation(dossier: Dossier, jour: date, *, apres: str) -> None:
    """The day the author chose to look again: a deadline that the reminders follow."""
    calcul = f"Date choisie par l’auteur, 7\u00a0jours au plus après {apres}. Source\u00a0: à valider par le comité."
    _poser(dossier, jour, "Réévaluer la situation", calcul)


def _poser(dossier: Dossier, jour: date, libelle: str, calcul: str) -> None:
    echeances.poser(
        dossier=dossier,
        nom=REEVALUATION,
        libelle=libelle,
        debut_le=timezone.now(),
        echeance_le=neuf_heures(jour),
        calcul=calcul,
    )


def _sortir(nom: str, dossier: Dossier, acteur: Acteur, motif: str, jour: date | None) -> Dossier:
    dossier = WORKFLOW.appliquer(
        nom,
        dossier,
        acteur=acteur,
        avant_ecriture=lambda verrouille: figer_sans_envoi(verrouille, motif, jour),
        donnees=RESERVE,
    )
    Brouillon.objects.filter(dossier=dossier).delete()
    return dossier


def _clore(nom: str, dossier: Dossier, acteur: Acteur, commentaire: str) -> Dossier:
    dossier = WORKFLOW.appliquer(nom, dossier, acteur=acteur, commentaire=commentaire, donnees=RESERVE)
    echeances.tenir(dossier=dossier, nom=REEVALUATION)
    return dossier
