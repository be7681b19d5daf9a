"""The yearly review: its state, what each partner says of it, and the exports asked for."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from bilans.etats import ETATS, OUVERT
from convention.models import Convention, Institution
from convention.textes import principale
from documents.travaux import Travail


class BilanAnnuel(models.Model):
    """One year of one convention. `releves` keeps the figures once they are frozen; before, they are counted live."""

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    annee = models.PositiveSmallIntegerField("année")
    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="bilans")
    etat = models.CharField(max_length=10, choices=[(etat.code, etat.libelle) for etat in ETATS], default=OUVERT)
    releves = models.JSONField(default=list, blank=True)
    gele_le = models.DateTimeField(null=True, blank=True)
    gele_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    valide_le = models.DateTimeField(null=True, blank=True)
    valide_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    publie_le = models.DateTimeField(null=True, blank=True)
    publie_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["-annee"]
        constraints = [
            models.UniqueConstraint(fields=["convention", "annee"], name="bilan_unique"),
            models.CheckConstraint(
                condition=Q(gele_le__isnull=True, gele_par__isnull=True)
                | Q(gele_le__isnull=False, gele_par__isnull=False),
                name="bilan_gele_apparie",
                violation_error_message="La date et l’auteur de l’arrêté des chiffres vont ensemble.",
            ),
        ]

    def __str__(self) -> str:
        return f"Bilan annuel {self.annee}"

    @property
    def reference(self) -> str:
        return f"BILAN-{self.annee}"


class Commentaire(models.Model):
    """What one institution says of the year's figures; nothing nominative, read by every partner."""

    bilan = models.ForeignKey(BilanAnnuel, on_delete=models.CASCADE, related_name="commentaires")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    texte = models.TextField(max_length=3000)
    ecrit_le = models.DateTimeField(default=timezone.now)
    ecrit_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["institution__nom", "pk"]
        constraints = [models.UniqueConstraint(fields=["bilan", "institution"], name="commentaire_unique")]

    def __str__(self) -> str:
        return f"{self.institution} : {self.texte[:40]}"


class Export(Travail):
    """One PDF of a review asked for."""

    bilan = models.ForeignKey(BilanAnnuel, on_delete=models.CASCADE, related_name="exports")


def bilan_de(annee: int) -> BilanAnnuel | None:
    """The review of that year, unsaved while nobody wrote in it; None before any convention is loaded."""
    convention = principale()
    if convention is None:
        return None
    existant = BilanAnnuel.objects.filter(convention=convention, annee=annee).select_related("convention").first()
    return existant or BilanAnnuel(convention=convention, annee=annee)
