"""The legal texts that the sheets cite, as dated rows."""

from typing import ClassVar

from django.db import models
from simple_history.models import HistoricalRecords


class ReferenceLegale(models.Model):
    """A legal reference as a row: articles are renumbered, so none is written in code."""

    cle = models.CharField(max_length=40, unique=True)
    code = models.CharField(max_length=120)
    article = models.CharField(max_length=60)
    alinea = models.CharField(max_length=40, blank=True)
    libelle = models.CharField(max_length=300)
    debut = models.DateField()
    fin = models.DateField(null=True, blank=True)
    successeur = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="predecesseurs"
    )
    a_verifier = models.BooleanField(default=False)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["cle"]

    def __str__(self) -> str:
        return " ".join(mot for mot in (self.code, self.article, self.alinea) if mot)
