"""What doctors said of the person's fitness to be heard, the first certificate and the next; who may be heard when.

No emergency opens these rules: they protect the person, and no care waits for a hearing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dossiers.models import Dossier
from presentation.temps import date_fr, heure_fr
from requisitions.models import AvisAptitude, Seance, Volet
from requisitions.volet import garder_moment, lire_moment

ECHEANCE = "reevaluation"
REEVALUER_SOUS = timedelta(hours=24)
CALCUL = "24 heures après l’avis d’inaptitude (convention, proposé), ou l’heure dite par le médecin."
APTE, CONDITIONS, INAPTE = AvisAptitude.Valeur.APTE, AvisAptitude.Valeur.CONDITIONS, AvisAptitude.Valeur.INAPTE
ACCORDS = frozenset({AvisAptitude.Accord.ECRIT, AvisAptitude.Accord.ORAL})
REFUS = AvisAptitude.Accord.REFUS


@dataclass(frozen=True, slots=True)
class Avis:
    """One certificate. `accord` is what the person said that day; `de` signs it, for the house."""

    valeur: str
    donne_le: datetime
    accord: str
    conditions: str = ""
    valable_jusqu_a: datetime | None = None
    reevaluer_avant: datetime | None = None
    de: str = ""

    @property
    def mots(self) -> str:
        return str(AvisAptitude.Valeur(self.valeur).label)


def du_volet(donnees: Mapping[str, Any], de: str = "") -> Avis | None:
    """The first certificate, as its block holds it."""
    if not donnees.get("aptitude") or not donnees.get("aptitude_le"):
        return None
    jusqu_a, avant = donnees.get("valable_jusqu_a"), donnees.get("reevaluation_le")
    return Avis(
        donnees["aptitude"],
        lire_moment(donnees["aptitude_le"]),
        donnees.get("accord_patient", ""),
        conditions=donnees.get("conditions", ""),
        valable_jusqu_a=lire_moment(jusqu_a) if jusqu_a else None,
        reevaluer_avant=lire_moment(avant) if avant else None,
        de=de,
    )


def avis_de(dossier: Dossier, *, remis: bool = False) -> list[Avis]:
    """In the order in which they were given. `remis`: without those that nobody handed over yet; the first one, which
    leaves with the answer, is for its reader to ask at the right time.
    """
    donnes = dossier.avis_aptitude.select_related("donne_par")
    volet = Volet.objects.select_related("rempli_par").filter(dossier=dossier).first()
    premier = du_volet(volet.donnees, str(volet.rempli_par)) if volet else None
    suivants = [
        Avis(
            avis.valeur,
            avis.donne_le,
            avis.accord,
            conditions=avis.conditions,
            valable_jusqu_a=avis.valable_jusqu_a,
            reevaluer_avant=avis.reevaluer_avant,
            de=str(avis.donne_par),
        )
        for avis in (donnes.exclude(remis_le=None) if remis else donnes)
    ]
    return sorted([*([premier] if premier else []), *suivants], key=lambda avis: avis.donne_le)


def a_reevaluer_avant(donne_le: datetime) -> datetime:
    return donne_le + REEVALUER_SOUS


def avec_reevaluation(donnees: dict[str, Any]) -> dict[str, Any]:
    """The block of the first certificate, an unfit person being seen again within a day when nothing else is said."""
    if donnees.get("aptitude") != INAPTE:
        return {**donnees, "reevaluation_le": ""}
    if donnees.get("reevaluation_le") or not donnees.get("aptitude_le"):
        return donnees
    return {**donnees, "reevaluation_le": garder_moment(a_reevaluer_avant(lire_moment(donnees["aptitude_le"])))}


def perime_par(seances: Iterable[Seance]) -> datetime | None:
    """Since when no earlier certificate holds: the last deferral, at its appointment or when it was noted before."""
    reports = [
        min(seance.prevue_pour, seance.constatee_le)
        for seance in seances
        if seance.issue == Seance.Issue.REPORTEE_MEDICAL and seance.constatee_le
    ]
    return max(reports, default=None)


def empechement(avis: Iterable[Avis], debut: datetime, *, cadre: str, reporte_le: datetime | None = None) -> str:
    """Why a patient could not be heard at that hour; empty when they could."""
    donnes = list(avis)
    avant = [un for un in donnes if un.donne_le <= debut]
    if not donnes:
        return "Sans avis d’aptitude du médecin, la personne n’est pas entendue."
    if not avant:
        return "L’audition a commencé avant l’avis du médecin."
    valant = avant[-1]
    if valant.valeur == INAPTE:
        return "Sans avis d’aptitude favorable, la personne n’est pas entendue."
    if reporte_le is not None and valant.donne_le <= reporte_le:
        return "L’audition a été reportée depuis cet avis\u00a0: il faut un nouvel avis du médecin."
    if valant.valable_jusqu_a and debut > valant.valable_jusqu_a:
        jusqu_a = f"{date_fr(valant.valable_jusqu_a)}, {heure_fr(valant.valable_jusqu_a)}"
        return f"L’avis du médecin ne vaut que jusqu’au {jusqu_a}\u00a0: demandez-lui un nouvel avis."
    if valant.accord == REFUS:
        return "La personne a refusé d’être entendue."
    if cadre == "PRELIM" and valant.accord not in ACCORDS:
        return "En préliminaire, la personne donne son accord, écrit ou oral, ou elle n’est pas entendue."
    return ""


def depassement(avis: Iterable[Avis], debut: datetime, fin: datetime) -> str:
    """Why a hearing that could begin had to stop before its end; empty when it could go on."""
    donnes = [un for un in avis if un.donne_le < fin]
    for un, jusqu_a in zip(donnes, [*(suivant.donne_le for suivant in donnes[1:]), fin], strict=True):
        if jusqu_a > debut and un.valeur == INAPTE:
            return f"Le médecin a dit la personne inapte à {heure_fr(un.donne_le)}, avant la fin."
        if jusqu_a > debut and un.valable_jusqu_a and un.valable_jusqu_a < jusqu_a:
            return f"L’avis du médecin ne valait que jusqu’à {heure_fr(un.valable_jusqu_a)}."
    return ""
