"""The thematic sheets and their versions."""

import uuid
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from convention.models import Convention


class Thematique(models.Model):
    """A theme of the convention, in the order of its publication."""

    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="thematiques")
    code = models.SlugField(max_length=60)
    intitule = models.CharField(max_length=200)
    ordre = models.PositiveSmallIntegerField()
    communique = models.BooleanField("citée par le communiqué", default=True)

    class Meta:
        ordering: ClassVar = ["convention_id", "ordre"]
        constraints = [models.UniqueConstraint(fields=["convention", "code"], name="thematique_unique")]

    def __str__(self) -> str:
        return self.intitule


class Fiche(models.Model):
    """A sheet; what it says is in its versions."""

    numero = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=60, unique=True)
    thematique = models.ForeignKey(Thematique, on_delete=models.PROTECT, related_name="fiches")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["numero"]
        constraints = [models.UniqueConstraint(fields=["numero"], name="fiche_numero_unique")]

    def __str__(self) -> str:
        return f"Fiche {self.numero}"


class VersionFiche(models.Model):
    """One version. `contenu` follows `fiches.contenu`; `empreinte` is what the partners approve.

    Once it took effect its text never changes: a trigger refuses it.
    """

    class Etat(models.TextChoices):
        PROJET = "PROJET", "Projet"
        EN_LECTURE = "EN_LECTURE", "En lecture"
        EN_APPROBATION = "EN_APPROBATION", "En approbation"
        APPROUVEE = "APPROUVEE", "Approuvée"
        EN_VIGUEUR = "EN_VIGUEUR", "En vigueur"
        REMPLACEE = "REMPLACEE", "Remplacée"
        ABROGEE = "ABROGEE", "Abrogée"

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    fiche = models.ForeignKey(Fiche, on_delete=models.PROTECT, related_name="versions")
    numero = models.CharField(max_length=10)
    rang = models.PositiveSmallIntegerField()
    titre = models.CharField(max_length=160)
    contenu = models.JSONField()
    empreinte = models.CharField(max_length=64)
    motif = models.CharField("pourquoi cette version", max_length=300, blank=True)
    etat = models.CharField(max_length=15, choices=Etat.choices, default=Etat.PROJET)
    verifie_le = models.DateField()
    redigee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    creee_le = models.DateTimeField(auto_now_add=True)
    avis_avant = models.DateField("avis attendus au plus tard le", null=True, blank=True)
    effet_prevu = models.DateField("entrée en vigueur prévue", null=True, blank=True)
    effet_le = models.DateField(null=True, blank=True)
    fin_le = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField("verrou optimiste", default=0)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["fiche_id", "-rang"]
        constraints = [
            models.UniqueConstraint(fields=["fiche", "rang"], name="version_rang_unique"),
            models.UniqueConstraint(
                fields=["fiche"],
                condition=Q(etat="EN_VIGUEUR"),
                name="version_une_seule_en_vigueur",
                violation_error_message="Une seule version d’une fiche est en vigueur.",
            ),
            models.UniqueConstraint(
                fields=["fiche"],
                condition=Q(etat__in=["PROJET", "EN_LECTURE", "EN_APPROBATION", "APPROUVEE"]),
                name="version_un_seul_projet",
                violation_error_message="Un projet est déjà ouvert pour cette fiche.",
            ),
            models.CheckConstraint(
                condition=Q(effet_prevu=None) | ~Q(etat__in=["PROJET", "EN_LECTURE", "EN_APPROBATION"]),
                name="version_effet_prevu_apres_accord",
                violation_error_message="La date d’effet se fixe une fois le texte approuvé par tous.",
            ),
            models.CheckConstraint(
                condition=Q(avis_avant=None) | ~Q(etat__in=["PROJET", "EN_LECTURE"]),
                name="version_avis_avant_en_approbation",
                violation_error_message="L’échéance des avis se fixe en ouvrant l’approbation.",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="texte_fige",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.effet_le IS NOT NULL AND ROW(OLD.titre, OLD.contenu, OLD.empreinte)"
                    " IS DISTINCT FROM ROW(NEW.titre, NEW.contenu, NEW.empreinte)"
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.fiche} v{self.numero}"
