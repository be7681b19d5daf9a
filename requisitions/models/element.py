"""What was asked, item by item, and what the hospital answers to each."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from documents.chiffrement import ChampChiffre
from dossiers.models import Dossier
from requisitions.models.requisition import Requisition


class Element(models.Model):
    """One item of the demand, written when the answer is. `precision`: what is missing, or why."""

    class Decision(models.TextChoices):
        FOURNI = "fourni", "Fourni"
        PARTIEL = "partiel", "Fourni en partie"
        REFUSE = "refuse", "Refusé"
        NON_DETENU = "non_detenu", "Non détenu"

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="elements")
    rang = models.PositiveSmallIntegerField()
    objet = ChampChiffre("ce qui est demandé")
    decision = models.CharField("réponse", max_length=12, choices=Decision.choices, blank=True)
    motif = models.CharField("motif du refus", max_length=20, choices=Requisition.Refus.choices, blank=True)
    precision = ChampChiffre("ce qui manque, ou pourquoi", blank=True)
    decide_le = models.DateTimeField(null=True, blank=True)
    decide_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = HistoricalRecords(excluded_fields=["cle"])

    class Meta:
        ordering: ClassVar = ["rang"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "rang"],
                name="element_rang_unique",
                violation_error_message="Cet élément existe déjà.",
            ),
            models.CheckConstraint(
                condition=models.Q(decision="", decide_le=None, decide_par=None)
                | ~models.Q(decision="") & models.Q(decide_le__isnull=False, decide_par__isnull=False),
                name="element_decide_apparie",
                violation_error_message="Une réponse porte sa date et son auteur.",
            ),
            models.CheckConstraint(
                condition=~models.Q(decision="refuse") | ~models.Q(motif=""),
                name="element_refus_motive",
                violation_error_message="Un refus porte son motif.",
            ),
        ]

    def __str__(self) -> str:
        return f"élément n°\u00a0{self.rang}"
