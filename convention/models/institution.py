"""Who is bound, and the units that act: an institution and its services."""

import uuid
from typing import ClassVar

from django.contrib.auth.models import Group
from django.db import models
from simple_history.models import HistoricalRecords


class Institution(models.Model):
    """A signatory of a convention, or a correspondent that only receives (CRIP, ARS cell)."""

    class Famille(models.TextChoices):
        SANTE = "sante", "Santé"
        SECURITE = "securite", "Sécurité"
        JUSTICE = "justice", "Justice"
        ETAT = "etat", "État"
        TERRITOIRE = "territoire", "Collectivité"
        SOCIAL = "social", "Protection sociale"
        FORMATION = "formation", "Enseignement supérieur"
        ASSOCIATIF = "associatif", "Association"

    code = models.CharField(max_length=20, unique=True)
    nom = models.CharField(max_length=200)
    nom_court = models.CharField(max_length=80)
    famille = models.CharField(max_length=10, choices=Famille.choices)
    commune = models.CharField(max_length=80, blank=True)
    signataire = models.BooleanField(default=True)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["nom"]

    def __str__(self) -> str:
        return self.nom_court


class Service(models.Model):
    """A unit of an institution. Its `groupe` is what a participation is granted to.

    `nom_externe` is the only name other institutions read: a ward or a specialty is never revealed.
    """

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=20, unique=True)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="services")
    groupe = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="service")
    nom = models.CharField(max_length=120)
    nom_externe = models.CharField(max_length=160)
    domaine = models.SlugField(max_length=40)
    permanence = models.BooleanField("tient une permanence", default=False)
    remplacant = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["institution__nom", "nom"]

    def __str__(self) -> str:
        return self.nom

    def nom_pour(self, institution_id: int | None) -> str:
        """The name a reader of `institution_id` may read."""
        return self.nom if institution_id == self.institution_id else self.nom_externe
