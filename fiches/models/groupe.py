"""The working group of a theme: persons of several partners who prepare its sheets with the référente."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from convention.models import Institution
from fiches.models.fiche import Thematique


class MembreGroupe(models.Model):
    """One person in the group of a theme, for one partner. No history: a row is written once and ended once."""

    thematique = models.ForeignKey(Thematique, on_delete=models.PROTECT, related_name="membres")
    utilisateur = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    ajoute_le = models.DateTimeField(auto_now_add=True)
    ajoute_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    retire_le = models.DateTimeField(null=True, blank=True)
    retire_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["thematique_id", "ajoute_le", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["thematique", "utilisateur"],
                condition=Q(retire_le=None),
                name="membre_groupe_unique",
                violation_error_message="Cette personne est déjà membre de ce groupe.",
            ),
            models.CheckConstraint(
                condition=Q(retire_le=None, retire_par=None) | Q(retire_le__isnull=False, retire_par__isnull=False),
                name="membre_groupe_retrait_apparie",
                violation_error_message="Un retrait a sa date et son auteur.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.utilisateur}, {self.thematique}"
