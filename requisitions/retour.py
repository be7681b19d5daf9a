"""When the requester hopes for an answer, and how it would come back (M13): a wish, beside the delay that is due."""

from datetime import datetime

from presentation.temps import NBSP, date_fr, heure_fr
from requisitions.models import Requisition


def quand(souhaitee_le: datetime | None) -> str:
    return f"{date_fr(souhaitee_le)}, {heure_fr(souhaitee_le)}" if souhaitee_le else ""


def souhait(r: Requisition) -> str:
    """On the receipt; empty when nothing was wished."""
    return " · ".join(mot for mot in (quand(r.reponse_souhaitee_le), r.get_canal_de_retour_display()) if mot)


def mention(r: Requisition) -> str:
    """M13: what the act wishes, or what the convention gives in its place."""
    le, canal = quand(r.reponse_souhaitee_le), r.get_canal_de_retour_display()
    delai = f"Souhaitée le {le}" if le else "Délai de la convention"
    if not canal:
        return f"{delai}, retour par l’outil."
    return f"{delai}. Retour{NBSP}: {canal[0].lower()}{canal[1:]}."
