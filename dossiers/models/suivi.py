"""What happened and what is due."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from convention.models import Institution, Service
from dossiers.models.dossier import Dossier


class Evenement(models.Model):
    """A line of the timeline. `reserve_a` limits it to one institution; otherwise every party reads it."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="evenements")
    le = models.DateTimeField(auto_now_add=True)
    nom = models.CharField(max_length=40)
    libelle = models.CharField(max_length=160)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, related_name="+")
    commentaire = models.TextField(blank=True)
    reserve_a = models.ForeignKey(Institution, on_delete=models.PROTECT, null=True, related_name="+")
    apres = models.CharField("état après", max_length=30, blank=True)

    class Meta:
        ordering: ClassVar = ["-le", "-pk"]
        indexes = [models.Index(fields=["dossier", "-le", "-id"]), models.Index(fields=["nom", "le"])]

    def __str__(self) -> str:
        return self.libelle


class Echeance(models.Model):
    """Something due, with the sentence that explains its computation. The earliest open one is the envelope's."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="echeances")
    nom = models.CharField(max_length=40)
    libelle = models.CharField(max_length=120)
    calcul = models.CharField("point de départ, pauses, source", max_length=200)
    debut_le = models.DateTimeField()
    echeance_le = models.DateTimeField()
    suspendue_le = models.DateTimeField(null=True)
    tenue_le = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["echeance_le", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "nom"],
                condition=models.Q(tenue_le=None),
                name="echeance_ouverte_unique",
                violation_error_message="Cette échéance court déjà.",
            )
        ]

    def __str__(self) -> str:
        return self.libelle
