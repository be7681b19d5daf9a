"""Transactional outbox and in-app notices. Nothing nominative: opaque keys and references only."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class Envoi(models.Model):
    """An outbox row, written in the transaction that causes it and relayed at least once."""

    cle_unique = models.CharField(max_length=120, unique=True)
    sujet = models.CharField(max_length=60)
    charge = models.JSONField(default=dict)
    pas_avant = models.DateTimeField(default=timezone.now)
    tentatives = models.PositiveSmallIntegerField(default=0)
    relaye_le = models.DateTimeField(null=True)
    fait_le = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["pas_avant"], condition=models.Q(relaye_le=None), name="envoi_a_relayer")]

    def __str__(self) -> str:
        return f"{self.sujet} {self.cle_unique}"


class Avis(models.Model):
    """An in-app notice: one neutral sentence, a reference and where to go."""

    destinataire = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="avis")
    cle_unique = models.CharField(max_length=160, unique=True)
    texte = models.CharField(max_length=200)
    adresse = models.CharField(max_length=200, blank=True)
    cree_le = models.DateTimeField(auto_now_add=True)
    lu_le = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-cree_le", "-pk"]
        indexes = [
            models.Index(fields=["destinataire", "-cree_le"]),
            models.Index(fields=["destinataire"], condition=models.Q(lu_le=None), name="avis_non_lus"),
        ]

    def __str__(self) -> str:
        return self.texte
