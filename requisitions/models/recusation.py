"""A named doctor who cannot answer: said by them, or by what they wrote before another was named."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from dossiers.models import Dossier


class Recusation(models.Model):
    """One row each time. Its ground is read by those who instruct the case, never by the requester."""

    class Motif(models.TextChoices):
        LIEN = "lien", "Je soigne cette personne ou j’ai un intérêt personnel"
        ABSENCE = "absence", "Je suis absent ou indisponible"
        COMPETENCE = "competence", "La demande est hors de ma compétence"

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="recusations")
    motif = models.CharField(max_length=12, choices=Motif.choices)
    recuse_le = models.DateTimeField(auto_now_add=True)
    recuse_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["recuse_le", "pk"]

    def __str__(self) -> str:
        return f"récusation dans {self.dossier_id}"
