"""A refusal that legal affairs propose and that the direction signs or sends back: two persons, in writing."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from documents.chiffrement import ChampChiffre
from dossiers.models import Dossier
from requisitions.models.requisition import Requisition


class RefusPropose(models.Model):
    """One proposal. The case keeps its state until the visa; `viser_avant` is when the requester must have an answer.

    The date is kept here and not as a deadline of the case: its lists show one to the requester too.
    """

    class Decision(models.TextChoices):
        VISE = "vise", "Visé par la direction"
        RENVOYE = "renvoye", "Renvoyé par la direction"
        RETIRE = "retire", "Retiré par les affaires juridiques"

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="refus_proposes")
    motif = models.CharField(max_length=20, choices=Requisition.Refus.choices)
    texte = ChampChiffre("lu par le requérant une fois visé")
    viser_avant = models.DateTimeField()
    calcul = models.CharField(max_length=200)
    propose_le = models.DateTimeField()
    propose_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    mot = ChampChiffre("ce que la direction répond aux affaires juridiques", blank=True)
    decide_le = models.DateTimeField(null=True, blank=True)
    decide_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["propose_le", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(decision=""),
                name="refus_une_proposition",
                violation_error_message="Un refus attend déjà le visa de la direction.",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decide_le=None, decide_par=None)
                | (~Q(decision="") & Q(decide_le__isnull=False, decide_par__isnull=False)),
                name="refus_decision_signee",
                violation_error_message="La décision, sa date et son auteur vont ensemble.",
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=["vise", "renvoye"]) | ~Q(decide_par=F("propose_par")),
                name="refus_deux_personnes",
                violation_error_message="Le visa est donné par une autre personne que celle qui propose.",
            ),
        ]

    def __str__(self) -> str:
        return f"refus proposé de {self.dossier_id}"
