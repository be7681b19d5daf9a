"""What the patient, or the victim, says of the copy of their record: a fact of its own beside the doctor's answer."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from dossiers.classes import Classe
from dossiers.models import Dossier


class AccordPatient(models.Model):
    """Useful, never enough (§2.6): no control reads it, R-13 waits for the doctor whatever is written here.

    Noted by the named doctor or by legal affairs, and noted again as long as nothing has left. Of the identity: it says
    nothing of care, and both must read it.
    """

    class Valeur(models.TextChoices):
        ECRIT = "ecrit", "Accord donné par écrit"
        ORAL = "oral", "Accord oral, tracé"
        REFUS = "refus", "Refuse la remise"
        NON_RECUEILLI = "non_recueilli", "Non recueilli"

    CLASSES: ClassVar = dict.fromkeys(("valeur", "recueilli_le"), Classe.IDENTITE)

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, related_name="accord_patient")
    valeur = models.CharField("la personne", max_length=14, choices=Valeur.choices)
    recueilli_le = models.DateField("dit le", null=True, blank=True)
    note_le = models.DateTimeField(auto_now=True)
    note_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valeur="non_recueilli", recueilli_le=None)
                | ~models.Q(valeur="non_recueilli") & models.Q(recueilli_le__isnull=False),
                name="accord_patient_date",
                violation_error_message="Ce que la personne a dit porte sa date, et rien n’est daté sans sa parole.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_valeur_display()
