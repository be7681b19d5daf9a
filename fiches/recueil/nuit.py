"""The book made again at night when an article or a sheet changed since; nobody has to remember."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from convention.models import Convention
from fiches.recueil.demande import depasse, dernier
from notifications.boite_envoi import publier

SUJET = "recueil.refaire"
NUIT = range(2, 6)


def tour_des_recueils(maintenant: datetime | None = None) -> None:
    """Beat tick: once a night for each book that exists and says what was. A book nobody asked for is not made."""
    maintenant = maintenant or timezone.localtime()
    if maintenant.hour not in NUIT:
        return
    for convention in Convention.objects.order_by("pk"):
        livre = dernier(convention)
        if livre and depasse(livre, convention):
            publier(
                SUJET,
                cle_unique=f"recueil:nuit:{convention.pk}:{maintenant:%Y-%m-%d}",
                charge={"convention": convention.pk},
            )


def refaire(charge: Mapping[str, Any]) -> None:
    """Nobody waits: no progress is kept. The same content gives the same document."""
    from fiches.recueil.production import preparer  # loads the PDF engine

    convention = Convention.objects.select_related("etablissement").get(pk=charge["convention"])
    preparer(convention, lambda pourcent, libelle: None)
