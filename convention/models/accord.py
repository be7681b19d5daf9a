"""What was signed, and by whom."""

from typing import Any, ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from accounts.roles import Role
from convention.models.institution import Institution


class Convention(models.Model):
    """A signed convention of some kind; its sheets belong to the app `fiches`.

    Nothing in the code knows a kind: who follows it, its themes, its programme and its events are rows.
    What its text does not give stays empty.
    """

    code = models.SlugField(max_length=40, unique=True)
    genre = models.SlugField(max_length=40)
    titre = models.CharField(max_length=200)
    version = models.CharField(max_length=20)
    etablissement = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    signee_le = models.DateField()
    publiee_le = models.DateField(null=True, blank=True)
    lieu = models.CharField(max_length=80, blank=True)
    objet = models.TextField()
    suivi = models.TextField(blank=True)
    historique = models.JSONField(default=list)
    preavis_mois = models.PositiveSmallIntegerField(
        "préavis de dénonciation et de résiliation, en mois", null=True, blank=True
    )
    role_referent = models.CharField("rôle qui la suit", max_length=40, choices=Role.choices, default=Role.REFERENT)
    correspondants: Any = models.ManyToManyField(Institution, related_name="+")
    history = HistoricalRecords()

    def __str__(self) -> str:
        return self.titre

    @property
    def terme(self) -> Any:
        """Its termination, None while nobody ended it."""
        return getattr(self, "resiliation", None)


class Signataire(models.Model):
    """A person who signed, with the exact title borne that day."""

    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="signataires")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="signataires")
    ordre = models.PositiveSmallIntegerField()
    civilite = models.CharField(max_length=10)
    prenom = models.CharField(max_length=80)
    nom = models.CharField(max_length=80)
    titre = models.CharField(max_length=200)
    signe_le = models.DateField()
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["convention_id", "ordre"]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "ordre"],
                name="signataire_ordre_unique",
                violation_error_message="Deux signataires ont le même rang.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.civilite} {self.prenom} {self.nom}, {self.titre}"
