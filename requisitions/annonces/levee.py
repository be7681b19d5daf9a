"""Who is told of a point to lift: the direction when it is asked, legal affairs and the on-call when it is lifted."""

from collections.abc import Mapping
from typing import Any

from convention.acteur import Acteur
from dossiers.models import Dossier, Evenement
from notifications.boite_envoi import publier
from requisitions.circuit import DAJ, DIRECTION, GARDE
from requisitions.notifications import gens, prevenir_de

SUJET = "requisition.levee"
A_QUI = {
    "demander_levee": ("Point à lever par la direction", (DIRECTION,)),
    "lever": ("Point levé, le dossier peut avancer", (DAJ, GARDE)),
}


def annoncer_demande(*, evenement: Evenement) -> None:
    publier(SUJET, cle_unique=f"levee:{evenement.pk}", charge={"evenement": evenement.pk})


def annoncer_levee(*, dossier: Dossier, acteur: Acteur) -> None:
    """Of the points lifted together, one notice."""
    derniere = dossier.evenements.filter(nom="lever", par_id=acteur.utilisateur_id).order_by("-pk").first()
    if derniere is not None:
        annoncer_demande(evenement=derniere)


def prevenir_de_la_levee(charge: Mapping[str, Any]) -> None:
    """Carry out `requisition.levee`: idempotent, without the rule nor the ground, and never to who did it."""
    evenement = Evenement.objects.select_related("dossier").get(pk=charge["evenement"])
    mots, codes = A_QUI[evenement.nom]
    autres = gens(*codes).exclude(pk=evenement.par_id or 0)
    prevenir_de(autres, evenement.dossier, f"levee:{evenement.pk}", mots)


TRAITEMENTS = {SUJET: prevenir_de_la_levee}
