"""Refuses to serve real data without a second factor (ADR 4)."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register


@register()
def second_facteur(app_configs: Any, **options: Any) -> list[Error]:
    if settings.MODE_DEMONSTRATION or getattr(settings, "SECOND_FACTEUR", False):
        return []
    return [
        Error(
            "Aucun second facteur n’est installé : hors démonstration, personne ne peut se connecter.",
            hint="Posez MODE_DEMONSTRATION=1 pour une démonstration sans donnée réelle.",
            id="accounts.E001",
        )
    ]
