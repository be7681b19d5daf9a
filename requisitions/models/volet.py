"""What the executing person records of one act, beside the letter."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from documents.chiffrement import JsonChiffre
from dossiers.classes import Classe
from dossiers.models import Dossier

# By act, column: answer. What the yearly figures count, and nothing else: coded, without a name nor a word of care.
EN_CLAIR = {
    "AUD_PAT": {"aptitude": "aptitude", "aptitude_le": "aptitude_le", "accord": "accord_patient"},
    "AUD_PRO": {"accompagnement": "accompagnement"},
    "SAISIE": {"ordre_presence": "ordre_presence", "debut": "debut"},
}
MOMENTS = frozenset({"aptitude_le", "debut"})
COLONNES = tuple(colonne for colonnes in EN_CLAIR.values() for colonne in colonnes)


def en_clair(variante: str, donnees: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of the answers to one kind of act; empty where it has none, or nothing is answered yet."""
    tenues = EN_CLAIR.get(variante, {})
    lues = {colonne: str(donnees.get(tenues.get(colonne, "")) or "") for colonne in COLONNES}
    return {
        colonne: (datetime.fromisoformat(lue) if lue else None) if colonne in MOMENTS else lue
        for colonne, lue in lues.items()
    }


class Volet(models.Model):
    """The answers to the field block of the kind of act (`types_acte/`), sealed as a whole: {champ: valeur}.

    A few are copied out of the seal whenever the row is saved (`en_clair`); nothing else writes these columns.
    """

    CLASSES: ClassVar = dict.fromkeys(COLONNES, Classe.ADMINISTRATIF)

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, related_name="volet")
    donnees = JsonChiffre("réponses de l’exécutant", default=dict)
    aptitude = models.CharField("premier avis d’aptitude", max_length=12, blank=True, editable=False)
    aptitude_le = models.DateTimeField("premier avis donné", null=True, editable=False)
    accord = models.CharField("ce que la personne a dit au médecin", max_length=12, blank=True, editable=False)
    accompagnement = models.CharField("accompagnement du professionnel", max_length=10, blank=True, editable=False)
    ordre_presence = models.CharField("présence de l’Ordre", max_length=10, blank=True, editable=False)
    debut = models.DateTimeField("début de l’opération", null=True, editable=False)
    rempli_le = models.DateTimeField(auto_now=True)
    rempli_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    def __str__(self) -> str:
        return f"volet de {self.dossier_id}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.recopier()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def recopier(self) -> "Volet":
        """What `save` does of itself, for rows that are created in bulk."""
        for colonne, valeur in en_clair(self.dossier.variante, self.donnees).items():
            setattr(self, colonne, valeur)
        return self
