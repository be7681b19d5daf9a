"""Find the unit's own demands by procedure number: only what the unit wrote itself is compared."""

from typing import Any

from django.db.models import Q

from convention.acteur import Acteur
from requisitions.models import Requisition

PLAFOND = 200


def filtre(acteur: Acteur, *, procedure: str = "", unite: int | None = None) -> Q:
    """To narrow a list, never to widen it."""
    q = Q()
    if unite is not None:
        q &= Q(content_object__service_emetteur_id=unite)
    if mot := " ".join(procedure.split()):
        siennes = Requisition.objects.filter(
            service_requerant_id__in=acteur.services, num_procedure__icontains=mot
        ).values("pk")
        q &= Q(content_object_id__in=siennes[:PLAFOND]) | Q(content_object__reference__iexact=mot)
    return q


def criteres(acteur: Acteur, **recherche: Any) -> dict[str, Any]:
    """All that the unit ever asked, closed demands too, the latest first."""
    return {
        "phases": ("en_cours", "en_attente", "clos"),
        "natures": ("REQUISITION",),
        "filtre": filtre(acteur, **recherche),
        "recents": True,
        "taille": PLAFOND,
    }
