"""The register of incidents (R-46): what went wrong in a case and is looked at again by legal affairs and direction."""

from typing import ClassVar

from django.db import models

from dossiers.models import Dossier


class Incident(models.Model):
    """An answer, or the control of a search, that was due and did not come.

    One row a deadline missed: put off and missed again, it is another.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="incidents")
    echeance_le = models.DateTimeField("échéance dépassée")
    inscrit_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["inscrit_le", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dossier", "echeance_le"],
                name="incident_une_echeance",
                violation_error_message="Cette échéance est déjà au registre des incidents.",
            )
        ]

    def __str__(self) -> str:
        return f"échéance dépassée de {self.dossier_id}"
