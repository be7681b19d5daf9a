"""The public events of a convention: where they went, who was there, which stands were held."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from convention.models.accord import Convention
from convention.models.institution import Institution


class Manifestation(models.Model):
    """An event of a convention, held in one place or several. `pilote` stays empty while no text names it."""

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="manifestations")
    code = models.SlugField(max_length=60)
    ordre = models.PositiveSmallIntegerField()
    titre = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    duree = models.CharField("durée", max_length=80, blank=True)
    pilote = models.ForeignKey(Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    partenaires: Any = models.ManyToManyField(Institution, related_name="+")
    autres_partenaires = models.CharField(max_length=300, blank=True)
    history = HistoricalRecords(m2m_fields=[partenaires])

    class Meta:
        ordering: ClassVar = ["convention_id", "ordre"]
        constraints = [models.UniqueConstraint(fields=["convention", "code"], name="manifestation_code_unique")]

    def __str__(self) -> str:
        return self.titre


class Etape(models.Model):
    """One place of an event. The figures are told as the text tells them: « plus de 50 »."""

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    manifestation = models.ForeignKey(Manifestation, on_delete=models.PROTECT, related_name="etapes")
    ordre = models.PositiveSmallIntegerField()
    commune = models.CharField(max_length=80)
    periode = models.CharField("période", max_length=120, blank=True)
    stands_annonces = models.CharField(max_length=120, blank=True)
    equipes_annoncees = models.CharField("professionnels et bénévoles annoncés", max_length=120, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["manifestation_id", "ordre"]
        constraints = [models.UniqueConstraint(fields=["manifestation", "ordre"], name="etape_ordre_unique")]

    def __str__(self) -> str:
        return self.commune


class Stand(models.Model):
    """A stand of an event, held by an institution or by an association named in words. It names no person."""

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    etape = models.ForeignKey(Etape, on_delete=models.PROTECT, related_name="stands")
    intitule = models.CharField(max_length=160)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    structure = models.CharField(max_length=160, blank=True)
    metiers = models.CharField("métiers présents", max_length=200, blank=True)
    professionnels = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    inscrit_le = models.DateTimeField(auto_now_add=True)
    inscrit_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    retire_le = models.DateTimeField(null=True, blank=True)
    retire_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["etape_id", "intitule", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(institution__isnull=False, structure="")
                | (models.Q(institution=None) & ~models.Q(structure="")),
                name="stand_tenu",
                violation_error_message="Un stand est tenu par une institution, ou par une association nommée.",
            ),
            models.CheckConstraint(
                condition=models.Q(retire_le=None, retire_par=None)
                | models.Q(retire_le__isnull=False, retire_par__isnull=False),
                name="stand_retire_apparie",
                violation_error_message="Un retrait porte sa date et son auteur.",
            ),
            models.UniqueConstraint(
                fields=["etape", "intitule"],
                condition=models.Q(retire_le=None),
                name="stand_intitule_unique",
                violation_error_message="Un stand de ce nom est déjà inscrit ici.",
            ),
        ]

    def __str__(self) -> str:
        return self.intitule

    @property
    def teneur(self) -> str:
        """Who holds it, in words."""
        return self.institution.nom if self.institution else self.structure
