"""What comparing the national identity (INS) gave: R-14 wants the identity confirmed by its traits and by it."""

from django.db import models


class ComparaisonIns(models.TextChoices):
    """The outcome alone. The number is never asked nor kept: it names somebody for life, and no rule here reads it."""

    QUALIFIEE = "qualifiee", "INS qualifiée, traits concordants"
    TRAITS = "traits", "Pas d’INS qualifiée, traits vérifiés à deux"
    DISCORDANTE = "discordante", "INS ou traits discordants"


def faute_d_identite(ins: str) -> str:
    """Why the identity does not hold; empty when it does."""
    if ins == ComparaisonIns.DISCORDANTE:
        return "INS ou traits discordants\u00a0: l’identité du patient est incertaine, rien n’est remis."
    return "" if ins else "Dites ce que donne la comparaison de l’INS et des traits."
