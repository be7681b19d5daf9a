"""What the executing person records of one act, beside the letter."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from documents.chiffrement import JsonChiffre
from dossiers.models import Dossier


class Volet(models.Model):
    """The answers to the field block of the kind of act (`types_acte/`), sealed as a whole: {champ: valeur}."""

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, related_name="volet")
    donnees = JsonChiffre("réponses de l’exécutant", default=dict)
    rempli_le = models.DateTimeField(auto_now=True)
    rempli_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    def __str__(self) -> str:
        return f"volet de {self.dossier_id}"
