"""General instructions of the prosecutor (article 39-3): what they cover and until when."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

SIX_MOIS = timedelta(days=184)


class InstructionGenerale(models.Model):
    """Declared by the prosecutor's office; nothing nominative. Renewed by another one, never prolonged."""

    reference = models.CharField("référence", max_length=80, unique=True)
    objet = models.CharField(max_length=300)
    infractions = models.CharField("infractions couvertes", max_length=300)
    types_acte = models.JSONField("actes couverts", default=list)
    qualites = models.JSONField("qualités admises", default=list)
    debut = models.DateField("à compter du")
    fin = models.DateField("jusqu’au")
    declaree_le = models.DateTimeField(auto_now_add=True)
    declaree_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    revoquee_le = models.DateTimeField(null=True, blank=True)
    revoquee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["-debut", "reference"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(fin__gte=models.F("debut")) & models.Q(fin__lte=models.F("debut") + SIX_MOIS),
                name="instruction_six_mois",
                violation_error_message="Une instruction générale dure six mois au plus.",
            ),
            models.CheckConstraint(
                condition=models.Q(revoquee_le__isnull=True, revoquee_par__isnull=True)
                | models.Q(revoquee_le__isnull=False, revoquee_par__isnull=False),
                name="instruction_revoquee_appariee",
                violation_error_message="La date et l’auteur de la révocation vont ensemble.",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
