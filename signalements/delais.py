"""How long a recipient has to acknowledge, then to give a first outcome; each with its computation in words."""

from datetime import datetime, timedelta

from dossiers.echeances import ajouter_jours_ouvres
from signalements.voies.modele import Delais

DELAI_ACCUSE = timedelta(hours=1)
DELAI_SUITE = {"IMMEDIATE": timedelta(hours=6), "JOUR": timedelta(hours=24)}
TRANSMISSION = "la transmission"
SOURCE = "Source\u00a0: délai proposé, à valider par le comité."


def delai_accuse(debut: datetime, delais: Delais, depuis: str = TRANSMISSION) -> tuple[datetime, str]:
    """When the reception is due, and the computation in words."""
    if jours := delais.accuse_jours_ouvres:
        mots = "jours ouvrés" if jours > 1 else "jour ouvré"
        return ajouter_jours_ouvres(debut, jours), f"{jours}\u00a0{mots} après {depuis}. {SOURCE}"
    return debut + DELAI_ACCUSE, f"1\u00a0heure après {depuis}, sans pause. {SOURCE}"


def delai_suite(debut: datetime, delais: Delais, urgence: str, depuis: str = TRANSMISSION) -> tuple[datetime, str]:
    """When a first outcome is due, and the computation in words; stopped while a complement is awaited."""
    if jours := delais.suite_jours:
        return debut + timedelta(days=jours), f"{jours}\u00a0jours après {depuis}. {SOURCE}"
    if heures := delais.suite_heures:
        return debut + timedelta(hours=heures), f"{heures}\u00a0heures après {depuis}. {SOURCE}"
    delai = DELAI_SUITE.get(urgence)
    return (
        debut + delai if delai else ajouter_jours_ouvres(debut, 5),
        f"6\u00a0heures (vie en danger), 24\u00a0heures ou 5\u00a0jours ouvrés après {depuis}, "
        f"arrêté pendant un complément. {SOURCE}",
    )
