"""What each partner says of a version: its opinion on one content hash, its remarks on a passage."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from convention.models import Institution
from fiches.models.fiche import VersionFiche


class Visa(models.Model):
    """What one partner says of one content hash. A change of one word makes it lapse."""

    class Avis(models.TextChoices):
        APPROUVE = "APPROUVE", "Approuve"
        RESERVE = "RESERVE", "Réserve"
        BLOQUE = "BLOQUE", "Bloque"

    version_fiche = models.ForeignKey(VersionFiche, on_delete=models.PROTECT, related_name="visas")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    avis = models.CharField(max_length=10, choices=Avis.choices)
    motif = models.CharField(max_length=500, blank=True)
    passages = models.JSONField("blocs visés par la réserve", default=list, blank=True)
    empreinte = models.CharField(max_length=64)
    rendu_le = models.DateTimeField(auto_now_add=True)
    rendu_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    tombe_le = models.DateTimeField("rendu caduc le", null=True)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["rendu_le", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version_fiche", "institution"],
                condition=Q(tombe_le=None),
                name="visa_unique",
                violation_error_message="Cette institution a déjà donné son avis sur ce texte.",
            ),
            models.CheckConstraint(
                condition=Q(avis="APPROUVE") | ~Q(motif=""),
                name="visa_motive",
                violation_error_message="Une réserve doit être motivée.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution} : {self.get_avis_display()}"


class Remarque(models.Model):
    """A remark pinned to a passage of a version, open until its author or the référente resolves it."""

    version_fiche = models.ForeignKey(VersionFiche, on_delete=models.PROTECT, related_name="remarques")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    passage = models.CharField("bloc visé", max_length=40)
    texte = models.TextField()
    posee_le = models.DateTimeField(auto_now_add=True)
    posee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    resolue_le = models.DateTimeField(null=True)
    resolue_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["posee_le", "pk"]

    def __str__(self) -> str:
        return f"remarque {self.pk}"


class ReponseRemarque(models.Model):
    """One answer in the thread of a remark. No history: written once, never changed."""

    remarque = models.ForeignKey(Remarque, on_delete=models.PROTECT, related_name="reponses")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    texte = models.TextField()
    posee_le = models.DateTimeField(auto_now_add=True)
    posee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["posee_le", "pk"]

    def __str__(self) -> str:
        return f"réponse {self.pk}"
