"""Frais de justice: what raises the fee, and until when it is claimed. Pure rules."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from dossiers.echeances import PARIS, feries
from requisitions.models import Memoire

Situation = Memoire.Situation
NUIT, JOUR = 20, 8
BIENTOT = timedelta(days=60)
# The article that sets the fee of a medical act on requisition; copies and other acts have none of their own.
BASES: dict[str, str] = dict.fromkeys(("examen", "prolongation", "victime", "prelevement", "imagerie"), "CPP-R117")
# A rejected one may be sent again; a paid one is over.
SUITES: dict[str, tuple[Situation, ...]] = {
    Situation.A_ETABLIR: (Situation.DEPOSE,),
    Situation.DEPOSE: (Situation.REJETE, Situation.PAYE),
    Situation.REJETE: (Situation.DEPOSE,),
    Situation.PAYE: (),
}


def majoration(acte_du: datetime) -> str:
    """The ground of a higher fee, by the hour of the act in Paris; its amount is a decree's."""
    instant = acte_du.astimezone(PARIS)
    jour = instant.date()
    if instant.hour >= NUIT or instant.hour < JOUR:
        return "Nuit"
    return "Dimanche ou jour férié" if jour.weekday() == 6 or jour in feries(jour.year) else ""


def montant_fr(montant: Decimal | None) -> str:
    """« 57,50 »; empty while it is not fixed."""
    return f"{montant:.2f}".replace(".", ",") if montant else ""


def forclusion(acte_du: datetime) -> date:
    """A year after the act (to be confirmed by counsel): the last day of February stands for the 29th."""
    jour = acte_du.astimezone(PARIS).date()
    return jour.replace(year=jour.year + 1, day=28 if (jour.month, jour.day) == (2, 29) else jour.day)


def a_surveiller(situation: str, acte_du: datetime, aujourd_hui: date) -> bool:
    """Still to be claimed, and the year is nearly over."""
    return situation in {Situation.A_ETABLIR, Situation.REJETE} and forclusion(acte_du) - aujourd_hui <= BIENTOT
