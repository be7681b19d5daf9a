"""Typed messages between the requester and the hospital, and how long one may still write. Pure rules."""

from datetime import datetime, timedelta

from django.db import models

from dossiers.models import Dossier
from dossiers.models.dossier import Phase

FENETRE = timedelta(days=30)


class Genre(models.TextChoices):
    CLARIFICATION = "clarification", "Demande de clarification"
    COMPLEMENT = "complement", "Complément"
    POINT = "point", "Point de situation"


def ouverts_jusqu_a(dossier: Dossier) -> datetime | None:
    """The end of the window of a closed case; None while it runs."""
    return dossier.clos_le + FENETRE if dossier.phase in {Phase.CLOS, Phase.ARCHIVE} and dossier.clos_le else None


def ouverts(dossier: Dossier, maintenant: datetime) -> bool:
    terme = ouverts_jusqu_a(dossier)
    return dossier.phase not in {Phase.BROUILLON, Phase.ARCHIVE} and (terme is None or maintenant < terme)
