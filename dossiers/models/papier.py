"""A case that was first written on paper: what the paper says of itself, beside who entered it and when."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from dossiers.models.dossier import Dossier


class ReprisePapier(models.Model):
    """`rempli_le` is the event, as the paper tells it; `saisi_le` is its entry. Nothing of what the paper contains."""

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, related_name="papier")
    numero = models.CharField("numéro imprimé", max_length=50, db_index=True)
    imprime = models.DateField("jour d’impression")
    rempli_le = models.DateTimeField("rempli sur papier le")
    saisi_le = models.DateTimeField(default=timezone.now)
    saisi_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(rempli_le__lte=F("saisi_le")),
                name="papier_avant_saisie",
                violation_error_message="Un formulaire est rempli avant d’être saisi.",
            )
        ]

    def __str__(self) -> str:
        return self.numero
