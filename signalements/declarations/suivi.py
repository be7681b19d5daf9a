"""After the sending, inside the hospital: protection asked for an agent, prevention, actions, feedback on an alert."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from convention.acteur import Acteur
from dossiers.models import Dossier
from dossiers.suivi import relater, verrouiller
from signalements.declarations import policies
from signalements.declarations.contenu import Lue, lire
from signalements.declarations.tables import Mesure, Victime
from transitions.workflow import TransitionRefusee

GENRES = Mesure.Genre
# The silence of the administration refuses after two months: it is looked at again before (domain §4, to be verified).
RELANCE_PROTECTION = timedelta(days=45)
RETEX = timedelta(days=30)


def _exiger(dossier: Dossier, acteur: Acteur, genre: str) -> None:
    verdict = policies.peut_suivre(dossier, acteur, genre)
    if not verdict:
        raise TransitionRefusee(verdict.raison)


@transaction.atomic
def ouvrir_mesure(*, dossier: Dossier, acteur: Acteur, cle: uuid.UUID, genre: str, **valeurs: Any) -> Mesure:
    """`cle` is the key of its form: sent twice, it gives the same row."""
    dossier = verrouiller(dossier)
    existante = Mesure.objects.filter(cle=cle, dossier=dossier).first()
    if existante:
        return existante
    _exiger(dossier, acteur, genre)
    try:
        with transaction.atomic():
            mesure = Mesure.objects.create(
                cle=cle, dossier=dossier, genre=genre, ouverte_par_id=acteur.utilisateur_id, **valeurs
            )
    except IntegrityError:
        raise TransitionRefusee("La protection de cette personne est déjà demandée.") from None
    relater(dossier=dossier, nom="ouvrir_mesure", libelle=f"{_mot(genre)}, à suivre", acteur=acteur, reserve=True)
    return mesure


def demander_protection(
    *, dossier: Dossier, acteur: Acteur, cle: uuid.UUID, victime: Victime | None, demandee_le: date
) -> Mesure:
    """The agent asked for it in writing: the hospital records the day and answers."""
    return ouvrir_mesure(
        dossier=dossier,
        acteur=acteur,
        cle=cle,
        genre=GENRES.PROTECTION,
        victime=victime,
        demandee_le=demandee_le,
        echeance=demandee_le + RELANCE_PROTECTION,
    )


@transaction.atomic
def decider_protection(
    *, mesure: Mesure, acteur: Acteur, decision: str, decidee_le: date, accordees: str = ""
) -> Mesure:
    """`accordees`: the help that is granted, or why it is refused."""
    dossier = verrouiller(mesure.dossier)
    _exiger(dossier, acteur, GENRES.PROTECTION)
    mesure = Mesure.objects.select_for_update().get(pk=mesure.pk)
    if mesure.genre != GENRES.PROTECTION or mesure.decision:
        raise TransitionRefusee("Cette protection est déjà décidée.")
    mesure.decision, mesure.decidee_le, mesure.intitule = decision, decidee_le, accordees
    mesure.faite_le, mesure.faite_par_id = timezone.now(), acteur.utilisateur_id
    mesure.save()
    libelle = f"Protection fonctionnelle {mesure.get_decision_display().lower()}"
    relater(dossier=dossier, nom="decider_protection", libelle=libelle, acteur=acteur, reserve=True)
    return mesure


@transaction.atomic
def terminer_mesure(*, mesure: Mesure, acteur: Acteur) -> Mesure:
    """It is done: said once, by whom and when."""
    dossier = verrouiller(mesure.dossier)
    _exiger(dossier, acteur, mesure.genre)
    mesure = Mesure.objects.select_for_update().get(pk=mesure.pk)
    if mesure.genre == GENRES.PROTECTION:
        raise TransitionRefusee("Une protection se termine par une décision\u00a0: accordée ou refusée.")
    if mesure.faite_le is None:
        mesure.faite_le, mesure.faite_par_id = timezone.now(), acteur.utilisateur_id
        mesure.save()
        relater(
            dossier=dossier, nom="terminer_mesure", libelle=f"{_mot(mesure.genre)}, fait", acteur=acteur, reserve=True
        )
    return mesure


def poser_les_jalons(lue: Lue, acteur: Acteur) -> None:
    """An alert that is sent still has to be lifted, then learnt from."""
    if GENRES.RETEX not in lue.voie.suivis:
        return
    aujourd_hui = timezone.localdate()
    prevu = lue.reponses.get("retex_prevu")
    jalons = [(GENRES.RETEX, date.fromisoformat(prevu) if prevu else aujourd_hui + RETEX)]
    if not lue.reponses.get("levee_le"):
        jalons.insert(0, (GENRES.LEVEE, aujourd_hui))
    for genre, echeance in jalons:
        Mesure.objects.create(dossier=lue.dossier, genre=genre, echeance=echeance, ouverte_par_id=acteur.utilisateur_id)


def mesures_de(dossier: Dossier) -> list[Mesure]:
    return list(dossier.mesures.select_related("victime", "faite_par"))


def designation(lue: Lue, mesure: Mesure) -> str:
    """Whom a protection is for, what an action is."""
    if mesure.genre == GENRES.PROTECTION:
        return mesure.victime.nom if mesure.victime else str(lue.reponses.get("agent_nom") or "")
    return mesure.intitule or mesure.get_genre_display()


def etat_d_alerte(lue: Lue, mesures: list[Mesure]) -> str:
    """The state of an alert, from what is written: no button says it twice."""
    faites = {mesure.genre for mesure in mesures if mesure.faite_le}
    if GENRES.RETEX in faites:
        ouvertes = any(mesure.genre == GENRES.ACTION and not mesure.faite_le for mesure in mesures)
        return "Retour d’expérience fait, actions en cours" if ouvertes else "Retour d’expérience fait"
    if lue.reponses.get("levee_le") or GENRES.LEVEE in faites:
        return "Alerte levée, retour d’expérience à faire"
    reponses = lue.reponses
    agie = set(reponses.get("mesures") or ()) - {"AUCUNE"} or reponses.get("heure_arrivee_fsi")
    return "Alerte en cours" if agie else "Alerte donnée"


def _mot(genre: str) -> str:
    return str(GENRES(genre).label)


@transaction.atomic
def ajouter_victime(*, lue: Lue, acteur: Acteur, **valeurs: Any) -> Victime:
    """Before the sending only; the letter has the first victim."""
    verdict = policies.peut_ecrire(verrouiller(lue.dossier), acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    if len(lire(lue.dossier).victimes) >= VICTIMES_MAXIMUM:
        raise TransitionRefusee("Vingt victimes au plus\u00a0: au-delà, joignez la liste.")
    return Victime.objects.create(dossier=lue.dossier, **valeurs)


VICTIMES_MAXIMUM = 20
