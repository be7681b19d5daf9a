"""What each kind of piece may be: types and size, as rows that are added and never changed."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models


class ReglePiece(models.Model):
    """The last row of a kind is in force (`requisitions/pieces.py`); without one, the product's own limits are."""

    genre = models.CharField(max_length=12)
    extensions = models.JSONField("types acceptés", default=list)
    taille_mo = models.PositiveSmallIntegerField("taille, en Mo")
    fixee_le = models.DateTimeField(auto_now_add=True)
    fixee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["genre", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(taille_mo__gte=1) & ~models.Q(extensions=[]),
                name="regle_piece_utile",
                violation_error_message="Une pièce accepte au moins un type, et un mégaoctet.",
            )
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="ajout_seul", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.genre} : {', '.join(self.extensions)}, {self.taille_mo}\u00a0Mo"
