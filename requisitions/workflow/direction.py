"""In a flagrant case nobody authorises a hearing: the direction is told that one takes place, and no more (§3.1)."""

from convention.acteur import Acteur
from dossiers.models import Dossier
from dossiers.suivi import relater
from presentation.temps import NBSP
from requisitions.audition import PREVENUE, direction_a_prevenir
from requisitions.audition.annonces import annoncer_a_la_direction, direction, mots_pour_la_direction
from requisitions.models import Requisition, Seance


def prevenir_la_direction(
    *, dossier: Dossier, lettre: Requisition, acteur: Acteur, seance: Seance | None = None
) -> None:
    """Told once the demand stands, then of each slot inside the hospital; the case keeps that it was, and when.

    It gets no part in the case. Where it has no account to be told on, the case says that it is to be called.
    """
    if not direction_a_prevenir(lettre, seance):
        return
    mots = mots_pour_la_direction(seance)
    connue = direction(dossier).exists()
    annoncer_a_la_direction(dossier=dossier, mots=mots)
    fait = "Direction prévenue" if connue else "Direction à prévenir par téléphone"
    libelle = f"{fait}{NBSP}: {mots[0].lower()}{mots[1:]}"
    relater(dossier=dossier, nom=PREVENUE, libelle=libelle, acteur=acteur, reserve=True)
