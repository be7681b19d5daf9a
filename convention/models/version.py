"""The text of a convention through its versions, and who signed each."""

import uuid
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from convention.models.accord import Convention
from convention.models.institution import Institution
from convention.models.mandat import Delegation, Mandat


class VersionConvention(models.Model):
    """The whole text at one moment. `contenu` follows `convention.articles`; `empreinte` is what is signed.

    The text never changes once it is open to signature: a trigger refuses it.
    """

    class Etat(models.TextChoices):
        PROJET = "PROJET", "Projet"
        EN_SIGNATURE = "EN_SIGNATURE", "En signature"
        SIGNEE = "SIGNEE", "Signée"
        EN_VIGUEUR = "EN_VIGUEUR", "En vigueur"
        REMPLACEE = "REMPLACEE", "Remplacée"
        RESILIEE = "RESILIEE", "Résiliée"
        ABANDONNEE = "ABANDONNEE", "Abandonnée"

    class Nature(models.TextChoices):
        INITIALE = "INITIALE", "Texte initial"
        AVENANT = "AVENANT", "Avenant"
        ADHESION = "ADHESION", "Avenant d’adhésion"

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="versions")
    rang = models.PositiveSmallIntegerField()
    numero = models.CharField(max_length=20)
    nature = models.CharField(max_length=10, choices=Nature.choices)
    institution_admise = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    contenu = models.JSONField()
    empreinte = models.CharField(max_length=64)
    motif = models.CharField("pourquoi cette version", max_length=500, blank=True)
    etat = models.CharField(max_length=15, choices=Etat.choices, default=Etat.PROJET)
    redigee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    creee_le = models.DateTimeField(auto_now_add=True)
    ouverte_le = models.DateTimeField("ouverte à la signature le", null=True)
    ouverte_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    effet_le = models.DateField("date d’effet", null=True, blank=True)
    fin_le = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField("verrou optimiste", default=0)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["convention_id", "-rang"]
        constraints = [
            models.UniqueConstraint(fields=["convention", "rang"], name="version_convention_rang"),
            models.UniqueConstraint(fields=["convention", "numero"], name="version_convention_numero"),
            models.UniqueConstraint(
                fields=["convention"],
                condition=Q(etat="EN_VIGUEUR"),
                name="version_convention_en_vigueur",
                violation_error_message="Un seul texte d’une convention est en vigueur.",
            ),
            models.UniqueConstraint(
                fields=["convention"],
                condition=Q(etat__in=["PROJET", "EN_SIGNATURE", "SIGNEE"]),
                name="version_convention_un_projet",
                violation_error_message="Un avenant est déjà en préparation.",
            ),
            models.CheckConstraint(
                condition=Q(nature="ADHESION", institution_admise__isnull=False)
                | (~Q(nature="ADHESION") & Q(institution_admise=None)),
                name="version_convention_admise",
                violation_error_message="Un avenant d’adhésion nomme l’institution qui adhère.",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="texte_fige",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.etat <> 'PROJET' AND ROW(OLD.contenu, OLD.empreinte, OLD.nature, OLD.institution_admise_id)"
                    " IS DISTINCT FROM ROW(NEW.contenu, NEW.empreinte, NEW.nature, NEW.institution_admise_id)"
                ),
            )
        ]

    def __str__(self) -> str:
        return self.intitule

    @property
    def intitule(self) -> str:
        """« Texte initial », « Avenant n° 2 »."""
        nom = str(self.get_nature_display())
        return nom if self.nature == self.Nature.INITIALE else f"{nom} n°\u00a0{self.rang - 1}"


class Signature(models.Model):
    """One institution signed one content hash, by its office-holder or a delegate, under the title borne that day.

    A row is never changed nor removed: triggers refuse it. No history, since nothing of it can vary.
    """

    class Preuve(models.TextChoices):
        SECOND_FACTEUR = "SECOND_FACTEUR", "Second facteur"

    version = models.ForeignKey(VersionConvention, on_delete=models.PROTECT, related_name="signatures")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    mandat = models.ForeignKey(Mandat, on_delete=models.PROTECT, related_name="signatures")
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, null=True, related_name="signatures")
    nom = models.CharField("personne qui a signé", max_length=200)
    titre = models.CharField("qualité portée ce jour", max_length=300)
    empreinte = models.CharField(max_length=64)
    preuve = models.CharField(max_length=20, choices=Preuve.choices)
    signee_le = models.DateTimeField(auto_now_add=True)
    signee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["signee_le", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "institution"],
                name="signature_unique",
                violation_error_message="Cette institution a déjà signé ce texte.",
            )
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="signature_immuable", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.nom}, {self.titre}"
