"""What a magistrate gave for one case: an authorisation of the prosecutor, a commission rogatoire."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from convention.models import Service
from documents.chiffrement import ChampChiffre
from documents.models import Fichier


class TitreJudiciaire(models.Model):
    """Declared by the magistrate's own service for one unit. An empty scope field narrows nothing."""

    class Genre(models.TextChoices):
        AUTORISATION = "autorisation", "Autorisation du procureur"
        COMMISSION = "commission", "Commission rogatoire"

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    genre = models.CharField(max_length=12, choices=Genre.choices)
    reference = models.CharField("numéro", max_length=80)
    magistrat = models.CharField(max_length=160)
    emetteur = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    beneficiaire = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+", verbose_name="unité commise")
    signe_du = models.DateTimeField("donné le")
    debut = models.DateField("à compter du")
    fin = models.DateField("jusqu’au")
    types_acte = models.JSONField("actes couverts", default=list)
    procedure = models.CharField("numéro de procédure", max_length=60, blank=True)
    personne = ChampChiffre("nom de la personne visée", blank=True)
    copie = models.ForeignKey(Fichier, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    declare_le = models.DateTimeField(auto_now_add=True)
    declare_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    revoque_le = models.DateTimeField(null=True, blank=True)
    revoque_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = HistoricalRecords(excluded_fields=["cle"])

    class Meta:
        ordering: ClassVar = ["-debut", "reference"]
        constraints = [
            models.UniqueConstraint(
                fields=["emetteur", "reference"],
                name="titre_unique",
                violation_error_message="Ce numéro est déjà déclaré par votre service.",
            ),
            models.CheckConstraint(
                condition=models.Q(fin__gte=models.F("debut")),
                name="titre_dates",
                violation_error_message="La fin du titre suit son début.",
            ),
            models.CheckConstraint(
                condition=models.Q(revoque_le__isnull=True, revoque_par__isnull=True)
                | models.Q(revoque_le__isnull=False, revoque_par__isnull=False),
                name="titre_revoque_apparie",
                violation_error_message="La date et l’auteur de la révocation vont ensemble.",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
