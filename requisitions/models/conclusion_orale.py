"""Conclusions given by word of mouth in an emergency (article 60 of the code of criminal procedure, §2.9 « oral »)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from dossiers.classes import Classe
from dossiers.models import Dossier


class ConclusionOrale(models.Model):
    """Who was told, when, at which number of the directory. Never a word of what was said.

    Not a `Remise`: that one seals pieces, freezes the letter and answers the demand. This answers nothing, the written
    paper stays due.
    """

    CLASSES: ClassVar = dict.fromkeys(("donnee_le", "officier", "numero"), Classe.ADMINISTRATIF)

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="conclusions_orales")
    donnee_le = models.DateTimeField("données oralement le")
    officier = models.CharField("nom et qualité de qui les a reçues", max_length=160)
    numero = models.CharField("numéro de l’annuaire composé", max_length=20)
    note_le = models.DateTimeField(auto_now_add=True)
    note_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["donnee_le", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "donnee_le", "officier"],
                name="conclusion_orale_une_fois",
                violation_error_message="Ces conclusions sont déjà notées.",
            ),
            models.CheckConstraint(
                condition=~models.Q(officier="") & ~models.Q(numero=""),
                name="conclusion_orale_adressee",
                violation_error_message="Des conclusions orales disent à qui, et à quel numéro de l’annuaire.",
            ),
        ]

    def __str__(self) -> str:
        return f"conclusions orales de {self.dossier_id}"
