"""The yearly review: its state, what each partner says of it, and the exports asked for."""

import uuid
from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from bilans.etats import ETATS, OUVERT
from convention.models import Convention, Institution
from documents.models import Document

# Without a sign of life for this long, an export is taken as interrupted and may be asked again.
SILENCE = timedelta(minutes=3)


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


class Export(models.Model):
    """One PDF asked for. The worker writes its progress in transactions of its own, so that the page sees it."""

    class Statut(models.TextChoices):
        EN_ATTENTE = "en_attente", "En attente"
        EN_COURS = "en_cours", "En cours"
        FINI = "fini", "Prêt"
        ECHEC = "echec", "Échec"

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    bilan = models.ForeignKey(BilanAnnuel, on_delete=models.CASCADE, related_name="exports")
    statut = models.CharField(max_length=10, choices=Statut.choices, default=Statut.EN_ATTENTE)
    pourcent = models.PositiveSmallIntegerField(default=0)
    libelle = models.CharField(max_length=200, default="En attente d’un poste de travail libre")
    tentatives = models.PositiveSmallIntegerField(default=1)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    demande_le = models.DateTimeField(default=timezone.now)
    demande_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    dernier_signe = models.DateTimeField("dernier signe de vie", default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-demande_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(statut="fini") | Q(document__isnull=False),
                name="export_fini_a_son_document",
                violation_error_message="Un export prêt a son document.",
            )
        ]

    def __str__(self) -> str:
        return f"export {self.cle}"

    @property
    def relancable(self) -> bool:
        """It failed, or stopped giving signs of life."""
        if self.statut == self.Statut.FINI:
            return False
        return self.statut == self.Statut.ECHEC or self.dernier_signe < timezone.now() - SILENCE


def bilan_de(annee: int) -> BilanAnnuel | None:
    """The review of that year, unsaved while nobody wrote in it; None before any convention is loaded."""
    convention = Convention.objects.order_by("-signee_le").select_related("etablissement").first()
    if convention is None:
        return None
    existant = BilanAnnuel.objects.filter(convention=convention, annee=annee).select_related("convention").first()
    return existant or BilanAnnuel(convention=convention, annee=annee)
