"""What was seized and is asked back: the demand, the magistrate's decision, the return."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from documents.chiffrement import ChampChiffre
from dossiers.models import Dossier


class Restitution(models.Model):
    """One by seal. `relances` counts the reminders sent since the demand."""

    class Decision(models.TextChoices):
        ACCORDEE = "accordee", "Accordée"
        REFUSEE = "refusee", "Refusée"

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="restitutions")
    scelle = models.CharField("numéro du scellé", max_length=160)
    motif = ChampChiffre("pourquoi l’hôpital le demande")
    relances = models.PositiveSmallIntegerField(default=0)
    demandee_le = models.DateTimeField(auto_now_add=True)
    demandee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField("décision", max_length=10, choices=Decision.choices, blank=True)
    decision_de = models.CharField("magistrat qui décide", max_length=160, blank=True)
    decision_du = models.DateField("décision du", null=True, blank=True)
    restituee_le = models.DateTimeField(null=True, blank=True)
    restituee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = HistoricalRecords(excluded_fields=["cle"])

    class Meta:
        ordering: ClassVar = ["demandee_le", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "scelle"],
                name="restitution_unique",
                violation_error_message="Ce scellé est déjà demandé.",
            ),
            models.CheckConstraint(
                condition=models.Q(decision="", decision_du=None)
                | ~models.Q(decision="") & models.Q(decision_du__isnull=False),
                name="restitution_decision_datee",
                violation_error_message="La décision porte sa date.",
            ),
            models.CheckConstraint(
                condition=models.Q(restituee_le=None, restituee_par=None)
                | models.Q(restituee_le__isnull=False, restituee_par__isnull=False, decision="accordee"),
                name="restitution_apres_decision",
                violation_error_message="Un scellé revient après une décision qui l’accorde.",
            ),
        ]

    def __str__(self) -> str:
        return f"restitution de {self.scelle}"

    @property
    def finie(self) -> bool:
        """Nothing more is waited for: refused, or come back."""
        return self.decision == self.Decision.REFUSEE or self.restituee_le is not None

    @property
    def attend_retour(self) -> bool:
        return self.decision == self.Decision.ACCORDEE and self.restituee_le is None
