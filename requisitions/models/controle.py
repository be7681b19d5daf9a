"""What the hospital checks: the mentions M1 to M14, the lifted controls, and what it asks to be put right."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from documents.chiffrement import ChampChiffre
from documents.models import Fichier
from dossiers.models import Dossier


class ControleMention(models.Model):
    """One line of the grid. `automatique` says that the system proposed it and nobody confirmed it yet."""

    class Resultat(models.TextChoices):
        CONFORME = "conforme", "Conforme"
        NON_CONFORME = "non_conforme", "Non conforme"
        SANS_OBJET = "sans_objet", "Sans objet"
        A_VERIFIER = "a_verifier", "À vérifier"

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="mentions")
    numero = models.CharField(max_length=4)
    rang = models.PositiveSmallIntegerField()
    resultat = models.CharField(max_length=15, choices=Resultat.choices, default=Resultat.A_VERIFIER)
    precision = models.CharField(max_length=200, blank=True)
    automatique = models.BooleanField(default=True)
    verifie_le = models.DateTimeField(auto_now=True)
    verifie_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["rang"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "numero"], name="mention_unique", violation_error_message="Mention déjà contrôlée."
            )
        ]

    def __str__(self) -> str:
        return f"{self.numero} : {self.get_resultat_display()}"


class Derogation(models.Model):
    """A blocking control lifted in writing, by legal affairs or the direction, or by a vital emergency; or an alert
    passed over, and why. Read by those who instruct, counted in the yearly review.
    """

    class Niveau(models.TextChoices):
        BLOQUANT = "bloquant", "Point bloquant levé"
        ALERTE = "alerte", "Alerte passée outre"

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="derogations")
    controle = models.CharField("numéro du contrôle", max_length=6)
    niveau = models.CharField(max_length=8, choices=Niveau.choices, default=Niveau.BLOQUANT)
    constat = models.CharField(max_length=300)
    motif = models.CharField(max_length=300)
    vitale = models.BooleanField(default=False)
    regulariser_avant = models.DateTimeField(null=True, blank=True)
    levee_le = models.DateTimeField(auto_now_add=True)
    levee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["levee_le", "pk"]

    def __str__(self) -> str:
        return f"{self.controle} levé"


class Regularisation(models.Model):
    """A written request to put things right, and its answer. The clock is paused between the two."""

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="regularisations")
    points = models.JSONField("mentions demandées", default=list)
    texte = ChampChiffre("lu par le requérant")
    avant = models.DateTimeField()
    demandee_le = models.DateTimeField(auto_now_add=True)
    demandee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reponse = ChampChiffre(blank=True)
    fichier = models.ForeignKey(Fichier, on_delete=models.PROTECT, null=True, related_name="+")
    repondue_le = models.DateTimeField(null=True, blank=True)
    repondue_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["demandee_le", "pk"]

    def __str__(self) -> str:
        return f"régularisation de {self.dossier_id}"
