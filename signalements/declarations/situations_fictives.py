"""What the demonstration declarations say: nobody here exists, and no text is drawn from a real case."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from signalements.champs import Genre
from signalements.declarations.modele import Route

Situation = Callable[[int], dict[str, Any]]


def _moment(heures: float, rang: int) -> str:
    return (timezone.now() - timedelta(hours=heures + rang)).replace(second=0, microsecond=0).isoformat()


def _objet(rang: int) -> dict[str, Any]:
    trouvailles = (
        ("STUPEFIANT", "Douze sachets d’herbe séchée, odeur forte.", "12 sachets, 18 g", "INVENTAIRE", "OUI"),
        ("ARME_BLANCHE", "Couteau pliant, lame de neuf centimètres.", "1", "CHUTE", "REFUS"),
        ("STUPEFIANT", "Résine brune dans un film plastique.", "1 bloc, 9 g", "LINGE", "HORS_ETAT"),
        ("MUNITION", "Trois cartouches de chasse.", "3", "INVENTAIRE", "OUI"),
    )
    categorie, description, quantite, circonstance, accord = trouvailles[rang % len(trouvailles)]
    return {
        "categorie": categorie,
        "description": description,
        "quantite": quantite,
        "conditionnement": "Sachet transparent",
        "decouvert_le": _moment(2, rang),
        "circonstance": circonstance,
        "accord_retrait": accord,
        "decideur": "Administrateur de garde" if accord == "REFUS" else "",
        "decouvert_par_1": "Camille Ferrand",
        "decouvert_par_2": "Zoé Maillard",
        "scelle_no": f"S-2026-{118 + rang}",
        "coffre_no": "Coffre 2",
    }


SITUATIONS: Mapping[str, Situation] = {"OBJET_ILLICITE": _objet}
# The services of the demonstration that write each.
EMETTEURS: Mapping[str, tuple[str, ...]] = {"OBJET_ILLICITE": ("CHV-URG", "CHV-CHIR", "CHV-PSY", "CHV-SECU")}


def decaler(route: Route, reponses: dict[str, Any], vers: datetime) -> dict[str, Any]:
    """The same answers, their moments brought just before this one."""
    moment = (vers - timedelta(minutes=30)).replace(second=0, microsecond=0).isoformat()
    moments = {propre.nom for propre in route.propres if propre.genre is Genre.MOMENT and reponses.get(propre.nom)}
    return {nom: moment if nom in moments else valeur for nom, valeur in reponses.items()}
