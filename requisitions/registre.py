"""The register of missed deadlines (R-46), line by line: what was due, on what ground, when, and what came of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from dossiers.models import Echeance
from requisitions.delais import REPONSE as REPONSE_DUE
from requisitions.models import Incident
from requisitions.saisie.perquisition import CONTROLE
from requisitions.workflow.delai import REPONSE
from requisitions.workflow.gel import GEL

AUTRES = (CONTROLE, GEL)


@dataclass(frozen=True, slots=True)
class Manquee:
    """`calcul` gives the legal ground. `reportee_au`: put off since, and due then."""

    due_le: datetime
    libelle: str
    calcul: str
    tenue_le: datetime | None
    suspendue: bool
    reportee_au: datetime | None


def manquees(dossiers: Collection[int]) -> dict[int, list[Manquee]]:
    """What each case has in the register, in two queries whatever their number."""
    dues: dict[int, list[Echeance]] = {}
    for echeance in Echeance.objects.filter(dossier__in=dossiers, nom__in=(REPONSE, *AUTRES)).order_by("pk"):
        dues.setdefault(echeance.dossier_id, []).append(echeance)
    rangees: dict[int, list[Manquee]] = {}
    for incident in Incident.objects.filter(dossier__in=dossiers):
        lue = manquee(incident.echeance_le, dues.get(incident.dossier_id, []))
        rangees.setdefault(incident.dossier_id, []).append(lue)
    return rangees


def manquee(due_le: datetime, dues: Sequence[Echeance]) -> Manquee:
    """`dues`: what the case had to hold, the oldest first; put off since, an answer is the first not held then."""
    la_meme = next((e for e in dues if e.echeance_le == due_le), None)
    reponses = (e for e in dues if e.nom not in AUTRES)
    echeance = la_meme or next((e for e in reponses if e.tenue_le is None or e.tenue_le > due_le), None)
    if echeance is None:
        return Manquee(due_le, REPONSE_DUE, "", None, suspendue=False, reportee_au=None)
    return Manquee(
        due_le,
        echeance.libelle,
        echeance.calcul,
        echeance.tenue_le,
        suspendue=echeance.suspendue_le is not None,
        reportee_au=echeance.echeance_le if echeance.echeance_le > due_le else None,
    )
