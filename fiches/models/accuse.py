"""Who read which version. One row a person and a version: a new version asks again."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from convention.models import Rattachement
from fiches.models.fiche import VersionFiche


class AccuseLecture(models.Model):
    """« J’ai lu cette version », and since when its two questions are answered.

    Neither a wrong answer nor the number of tries is kept. Nobody but its author reads a row: pages count them by
    service. No history: a row is written once, completed once, never changed.
    """

    version_fiche = models.ForeignKey(VersionFiche, on_delete=models.PROTECT, related_name="accuses")
    rattachement = models.ForeignKey(
        Rattachement, verbose_name="au titre de", on_delete=models.PROTECT, related_name="+"
    )
    lu_le = models.DateTimeField()
    lu_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    verifie_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-lu_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version_fiche", "lu_par"],
                name="accuse_unique",
                violation_error_message="Vous avez déjà accusé lecture de cette version.",
            ),
            models.CheckConstraint(
                condition=Q(verifie_le=None) | Q(verifie_le__gte=models.F("lu_le")),
                name="accuse_verifie_apres_lecture",
                violation_error_message="La vérification suit la lecture.",
            ),
        ]

    def __str__(self) -> str:
        return f"lecture de {self.version_fiche}"
