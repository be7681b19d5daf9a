"""What is being typed over a version, by whom, and who holds the pen."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from fiches.models.fiche import VersionFiche

# Ten minutes without a sign of life, and the pen is free again.
SILENCE = timedelta(minutes=10)


class Redaction(models.Model):
    """What a person is typing over a version, kept every few seconds, gone once saved. No history: not a text yet.

    `version_lue` is the text it was typed over: a draft over an older text stays beside, until its author decides.
    """

    version_fiche = models.ForeignKey(VersionFiche, on_delete=models.CASCADE, related_name="redactions")
    auteur = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    saisie = models.JSONField(default=dict)
    version_lue = models.PositiveIntegerField()
    gardee_le = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["-version_lue", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["version_fiche", "auteur", "version_lue"], name="redaction_unique")
        ]

    def __str__(self) -> str:
        return f"saisie en cours de {self.version_fiche}"


class VerrouRedaction(models.Model):
    """Who holds the pen of a version. No history: taking it is in the journal, and it holds no text."""

    version_fiche = models.OneToOneField(
        VersionFiche, on_delete=models.CASCADE, primary_key=True, related_name="verrou"
    )
    pris_le = models.DateTimeField()
    pris_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    dernier_signe = models.DateTimeField("dernier signe de vie")

    def __str__(self) -> str:
        return f"plume de {self.version_fiche}"

    @property
    def vivant(self) -> bool:
        return self.dernier_signe > timezone.now() - SILENCE
