"""Before a planned seizure: the archives find the whole record and copy it in full."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from documents.chiffrement import ChampChiffre
from dossiers.classes import Classe


class Preparation(models.Model):
    """What the archives say; said again as long as the answer has not left."""

    class Recherche(models.TextChoices):
        COMPLET = "complet", "Dossier trouvé, complet"
        PARTIEL = "partiel", "Dossier trouvé en partie"
        INTROUVABLE = "introuvable", "Dossier introuvable"

    class Ancien(models.TextChoices):
        """§4, « pièges »: the old paper record that everybody forgets."""

        TROUVE = "trouve", "Cherché, trouvé"
        AUCUN = "aucun", "Cherché, il n’y en a pas"
        A_CHERCHER = "a_chercher", "Pas encore cherché"

    CLASSES: ClassVar = dict.fromkeys(("trouve", "ancien", "copie", "precision"), Classe.ADMINISTRATIF)

    dossier = models.OneToOneField("dossiers.Dossier", on_delete=models.CASCADE, related_name="preparation")
    trouve = models.CharField("dossier", max_length=12, choices=Recherche.choices)
    ancien = models.CharField("ancien dossier papier", max_length=12, choices=Ancien.choices)
    copie = models.BooleanField("copie intégrale faite", default=False)
    precision = ChampChiffre("où est la copie, ce qui manque", blank=True)
    dite_le = models.DateTimeField(auto_now=True)
    dite_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(copie=False) | Q(trouve="complet", ancien__in=["trouve", "aucun"]),
                name="preparation_copie_du_tout",
                violation_error_message="La copie est intégrale quand tout le dossier est trouvé, papier compris.",
            ),
        ]

    def __str__(self) -> str:
        return f"préparation de {self.dossier_id}"

    @property
    def prete(self) -> bool:
        """The whole record, old paper included, and its full copy."""
        return self.copie
