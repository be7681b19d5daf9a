"""Who is bound by a convention, from when to when, and the two ways out: one partner leaves, or the whole ends."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from convention.models.accord import Convention
from convention.models.institution import Institution
from convention.models.version import VersionConvention


class Partie(models.Model):
    """An institution bound by a convention. It is so until its denunciation takes effect."""

    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="parties")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="parties")
    ordre = models.PositiveSmallIntegerField()
    entree_le = models.DateField()
    admise_dans = models.ForeignKey(
        VersionConvention, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["convention_id", "ordre", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["convention", "ordre"], name="partie_ordre"),
            models.UniqueConstraint(
                fields=["convention", "institution", "entree_le"],
                name="partie_unique",
                violation_error_message="Cette institution est déjà partie à la convention.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.institution)


class Denonciation(models.Model):
    """One partner leaves; the convention goes on for the others. The partner stays bound during the notice."""

    partie = models.OneToOneField(Partie, on_delete=models.PROTECT, related_name="denonciation")
    motif = models.TextField()
    notifiee_le = models.DateTimeField(auto_now_add=True)
    notifiee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    effet_le = models.DateField("premier jour sans obligation")
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(motif=""),
                name="denonciation_motivee",
                violation_error_message="Une dénonciation doit être motivée.",
            )
        ]

    def __str__(self) -> str:
        return f"Dénonciation par {self.partie}"


class Resiliation(models.Model):
    """The convention ends for everybody, once the notice has run."""

    convention = models.OneToOneField(Convention, on_delete=models.PROTECT, related_name="resiliation")
    motif = models.TextField()
    prononcee_le = models.DateTimeField(auto_now_add=True)
    prononcee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    effet_le = models.DateField("premier jour sans convention")
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(motif=""),
                name="resiliation_motivee",
                violation_error_message="Une résiliation doit être motivée.",
            )
        ]

    def __str__(self) -> str:
        return f"Résiliation de {self.convention}"
