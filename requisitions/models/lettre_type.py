"""The standard letters as versions: written, put in force, replaced; never changed once in force."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords


class LettreType(models.Model):
    """One version of the words of a kind of letter (`requisitions/lettres/`). Nothing nominative.

    In force: the highest number that was put in force. The letter that leaves says it.
    """

    genre = models.CharField(max_length=16)
    numero = models.PositiveSmallIntegerField("version")
    texte = models.TextField(max_length=4000)
    redigee_le = models.DateTimeField(auto_now=True)
    redigee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    en_vigueur_le = models.DateTimeField(null=True, blank=True)
    en_vigueur_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["genre", "-numero"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["genre", "numero"],
                name="lettre_type_version_unique",
                violation_error_message="Cette version existe déjà.",
            ),
            models.UniqueConstraint(
                fields=["genre"],
                condition=models.Q(en_vigueur_le=None),
                name="lettre_type_un_projet",
                violation_error_message="Un projet de cette lettre est déjà en cours.",
            ),
            models.CheckConstraint(
                condition=models.Q(en_vigueur_le=None, en_vigueur_par=None)
                | models.Q(en_vigueur_le__isnull=False, en_vigueur_par__isnull=False),
                name="lettre_type_vigueur_appariee",
                violation_error_message="La date et l’auteur de la mise en vigueur vont ensemble.",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="en_vigueur",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__en_vigueur_le__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.genre}, version {self.numero}"
