"""What hangs on a declaration in rows: its other victims, written with it, and what the hospital does afterwards."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from documents.chiffrement import ChampChiffre
from dossiers.classes import Classe
from dossiers.models import Dossier

_INTERNE = Classe.ADMINISTRATIF


class Victime(models.Model):
    """Another professional of the same episode; the letter itself has the first. Frozen with the envelope."""

    class Statut(models.TextChoices):
        AGENT = "AGENT", "Agent de l’hôpital"
        LIBERAL = "LIBERAL", "Libéral exerçant ici"
        ETUDIANT = "ETUDIANT", "Étudiant"
        PRESTATAIRE = "PRESTATAIRE", "Prestataire"

    CLASSES: ClassVar = dict.fromkeys(
        ("nom", "metier", "statut", "lesion", "arret_jours", "itt_jours", "soutien"), _INTERNE
    )

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="victimes")
    nom = ChampChiffre()
    metier = models.CharField(max_length=20)
    statut = models.CharField(max_length=12, choices=Statut.choices)
    lesion = models.CharField(max_length=3, blank=True)
    arret_jours = models.PositiveSmallIntegerField(null=True, blank=True)
    itt_jours = models.PositiveSmallIntegerField(null=True, blank=True)
    soutien = models.CharField(max_length=3, blank=True)

    class Meta:
        ordering: ClassVar = ["dossier_id", "pk"]

    def __str__(self) -> str:
        return f"Victime {self.get_statut_display().lower()}"


class Mesure(models.Model):
    """What the hospital does after a declaration. No partner reads it; the case may be closed and this go on."""

    class Genre(models.TextChoices):
        PROTECTION = "PROTECTION", "Protection fonctionnelle"
        PREVENTION = "PREVENTION", "Prévention"
        ACTION = "ACTION", "Plan d’actions"
        LEVEE = "LEVEE", "Levée de l’alerte"
        RETEX = "RETEX", "Retour d’expérience"

    class Decision(models.TextChoices):
        ACCORDEE = "ACCORDEE", "Accordée"
        REFUSEE = "REFUSEE", "Refusée"

    CLASSES: ClassVar = dict.fromkeys(
        ("genre", "victime", "intitule", "responsable", "echeance", "demandee_le", "decision", "decidee_le"), _INTERNE
    )

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="mesures")
    genre = models.CharField(max_length=10, choices=Genre.choices)
    # A protection without a victim is that of the letter's own
    victime = models.ForeignKey(Victime, on_delete=models.CASCADE, null=True, blank=True, related_name="protections")
    intitule = ChampChiffre(blank=True)
    responsable = ChampChiffre(blank=True)
    echeance = models.DateField()
    demandee_le = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=8, choices=Decision.choices, blank=True)
    decidee_le = models.DateField(null=True, blank=True)
    ouverte_le = models.DateTimeField(auto_now_add=True)
    ouverte_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    faite_le = models.DateTimeField(null=True, blank=True)
    faite_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["dossier_id", "echeance", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", decidee_le=None) | (~Q(decision="") & Q(decidee_le__isnull=False)),
                name="mesure_decision_datee",
                violation_error_message="Une décision porte son jour.",
            ),
            models.CheckConstraint(
                condition=Q(faite_le=None, faite_par=None) | Q(faite_le__isnull=False, faite_par__isnull=False),
                name="mesure_faite_par_quelqu_un",
                violation_error_message="Une mesure faite dit quand et par qui.",
            ),
            models.CheckConstraint(
                condition=(Q(genre="PROTECTION") & Q(demandee_le__isnull=False))
                | (~Q(genre="PROTECTION") & Q(demandee_le=None, decision="", victime=None)),
                name="mesure_protection_demandee",
                violation_error_message="Une protection se demande par écrit\u00a0: indiquez le jour de la demande.",
            ),
            models.UniqueConstraint(
                fields=["dossier", "victime"],
                condition=Q(genre="PROTECTION"),
                nulls_distinct=False,
                name="mesure_une_protection_par_victime",
                violation_error_message="La protection de cette personne est déjà demandée.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_genre_display()
