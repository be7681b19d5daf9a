"""How long the Ordre has to answer a summons, and what its answer fills in. Pure rules."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from dossiers.models.dossier import Urgence
from presentation.temps import NBSP
from requisitions.etats import A_REGULARISER, ABANDONNEE, ANNULEE, INSTRUITE, PRETE, RECUE, REFUSEE
from requisitions.models import Convocation

ECHEANCE = "ordre"
Operation, Reponse = Convocation.Operation, Convocation.Reponse
# Proposed: the convention says « 24 to 72 hours, and an emergency number ».
DELAIS = {
    Urgence.IMMEDIATE: timedelta(minutes=30),
    Urgence.JOUR: timedelta(hours=2),
    Urgence.ORDINAIRE: timedelta(hours=24),
}
MOTS = {
    Urgence.IMMEDIATE: "trente minutes, opération immédiate",
    Urgence.JOUR: f"2{NBSP}heures, opération du jour",
    Urgence.ORDINAIRE: f"24{NBSP}heures",
}


def operation(type_acte: str, *, perquisition: bool) -> str:
    if type_acte != "SAISIE":
        return Operation.REMISE
    return Operation.PERQUISITION if perquisition else Operation.SAISIE


def a_repondre_avant(convoquee_le: datetime, prevue_pour: datetime | None, urgence: str) -> tuple[datetime, str]:
    """The moment of the first reminder and the sentence that explains it; half of the time left when it is short."""
    attente = DELAIS[Urgence(urgence)]
    if prevue_pour is not None and convoquee_le < prevue_pour < convoquee_le + 2 * attente:
        return (
            convoquee_le + (prevue_pour - convoquee_le) / 2,
            "À mi-chemin entre la convocation et l’heure prévue (convention, proposé).",
        )
    return convoquee_le + attente, f"Convocation, plus {MOTS[Urgence(urgence)]} (convention, proposé)."


def appele_le(convoquee_le: datetime, avant: datetime, rang: int) -> datetime:
    """When the duty slot of a rank is called: the first at the deadline, each next one after the same wait again."""
    return avant + (rang - 1) * (avant - convoquee_le)


def notes(convocation: Convocation | None) -> dict[str, str]:
    """What the Ordre's answer already says of the operation's own form (R-15); whoever is there corrects it."""
    if convocation is None or not convocation.reponse:
        return {}
    if convocation.reponse == Reponse.VIENT:
        return {"ordre_representant": convocation.conseiller}
    return {"ordre_presence": "excuse", "ordre_motif": convocation.motif}


# While the operation is ahead: the Ordre may still answer, and is reminded.
ATTENDUE = INSTRUITE | {RECUE}
# Ahead as well; nobody is reminded while the requester completes the demand.
A_VENIR = ATTENDUE | {A_REGULARISER}


class Situation(NamedTuple):
    """Where the operation stands, in the Ordre's words."""

    libelle: str
    ton: str
    icone: str


TERMINEE = Situation("Opération terminée", "mute", "archive")
SANS_SUITE = Situation("Opération sans suite", "mute", "archive")
SITUATIONS = {
    **dict.fromkeys(ATTENDUE, Situation("Réponse attendue", "warn", "clock")),
    A_REGULARISER: Situation("Opération en suspens", "mute", "pause"),
    REFUSEE: SANS_SUITE,
    ABANDONNEE: SANS_SUITE,
    ANNULEE: Situation("Opération annulée", "mute", "cross"),
}


def situation(convocation: Convocation) -> Situation:
    """A file to be handed over is not, while it waits for whoever comes for it."""
    etat = convocation.dossier.etat
    if etat == PRETE and convocation.operation == Operation.REMISE:
        return Situation("Remise à venir", "info", "clock")
    return SITUATIONS.get(etat, TERMINEE)


VUES = {"": "À confirmer", "venir": "Confirmées", "passees": "Passées"}


def ranger(convocations: Iterable[Convocation]) -> dict[str, list[Convocation]]:
    """By tab: what waits for an answer, the nearest hour first; what was answered; what is over."""
    rangees: dict[str, list[Convocation]] = {vue: [] for vue in VUES}
    for convocation in convocations:
        ouverte = convocation.dossier.etat in A_VENIR
        rangees[("venir" if convocation.reponse else "") if ouverte else "passees"].append(convocation)
    for vue in ("", "venir"):
        rangees[vue].sort(key=lambda c: (c.prevue_pour is None, c.prevue_pour or c.convoquee_le))
    return rangees
