"""What a convention undertakes to do: axes, actions, their indicators and the values measured."""

import uuid
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from convention.models.accord import Convention
from convention.models.institution import Institution


class Axe(models.Model):
    """A priority of the convention, in the order of its text."""

    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="axes")
    code = models.SlugField(max_length=60)
    ordre = models.PositiveSmallIntegerField()
    intitule = models.CharField(max_length=200)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["convention_id", "ordre"]
        constraints = [models.UniqueConstraint(fields=["convention", "code"], name="axe_code_unique")]

    def __str__(self) -> str:
        return self.intitule


class Action(models.Model):
    """One thing to do. Who leads it, with whom and until when stay empty while no text says so.

    `origine` says where the plan comes from: the text itself, a committee, or a demonstration.
    """

    class Etat(models.TextChoices):
        INSCRITE = "INSCRITE", "Inscrite"
        EN_COURS = "EN_COURS", "En cours"
        SUSPENDUE = "SUSPENDUE", "Suspendue"
        REALISEE = "REALISEE", "Réalisée"
        ABANDONNEE = "ABANDONNEE", "Abandonnée"

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    axe = models.ForeignKey(Axe, on_delete=models.PROTECT, related_name="actions")
    code = models.SlugField(max_length=60)
    ordre = models.PositiveSmallIntegerField()
    intitule = models.CharField(max_length=300)
    etat = models.CharField(max_length=12, choices=Etat.choices, default=Etat.INSCRITE)
    pilote = models.ForeignKey(Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    partenaires: Any = models.ManyToManyField(Institution, related_name="+")
    echeance = models.DateField("échéance", null=True, blank=True)
    origine = models.CharField("d’où vient cette planification", max_length=200, blank=True)
    history = HistoricalRecords(m2m_fields=[partenaires])

    class Meta:
        ordering: ClassVar = ["axe__ordre", "ordre"]
        constraints = [models.UniqueConstraint(fields=["axe", "code"], name="action_code_unique")]

    def __str__(self) -> str:
        return self.intitule


class Indicateur(models.Model):
    """What is counted to know whether the action bears fruit."""

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="indicateurs")
    intitule = models.CharField(max_length=200)
    unite = models.CharField("unité", max_length=40, blank=True)
    cible = models.DecimalField("valeur visée", max_digits=12, decimal_places=2, null=True, blank=True)
    origine = models.CharField("d’où vient cet indicateur", max_length=200, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["action_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "intitule"],
                name="indicateur_unique",
                violation_error_message="Cette action a déjà un indicateur de ce nom.",
            )
        ]

    def __str__(self) -> str:
        return self.intitule


class Releve(models.Model):
    """A value on a day, with its source. Never changed: a correction is another row, the last one of a day counts."""

    indicateur = models.ForeignKey(Indicateur, on_delete=models.PROTECT, related_name="releves")
    jour = models.DateField("date de la mesure")
    valeur = models.DecimalField(max_digits=12, decimal_places=2)
    source = models.CharField(max_length=200)
    saisi_le = models.DateTimeField(auto_now_add=True)
    saisi_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-jour", "-pk"]
        triggers: ClassVar = [pgtrigger.Protect(name="releve_immuable", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.indicateur} : {self.valeur}"
