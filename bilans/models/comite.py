"""The follow-up committee: its meetings, who was invited and came, what it decided. Nothing nominative."""

import uuid
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from bilans.etats import ETATS_REUNION, PLANIFIEE
from convention.models import Convention, Institution
from fiches.models import Fiche
from presentation.temps import a_paris

# The minutes are frozen: neither the attendance nor what was decided changes any more.
FIGEE = """
    IF EXISTS (SELECT 1 FROM bilans_reunion WHERE id = {ligne}.reunion_id AND approuvee_le IS NOT NULL) THEN
        RAISE EXCEPTION 'Le compte rendu est approuvé : il ne change plus.';
    END IF;
    RETURN {ligne};
"""


class Reunion(models.Model):
    """One meeting. `ordre_du_jour` is kept as it was that day; `empreinte` is that of the approved minutes."""

    class Genre(models.TextChoices):
        SUIVI = "SUIVI", "Comité de suivi"
        PILOTAGE = "PILOTAGE", "Comité de pilotage"

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="reunions")
    genre = models.CharField(max_length=10, choices=Genre.choices, default=Genre.SUIVI)
    debut = models.DateTimeField("date et heure")
    lieu = models.CharField(max_length=200, blank=True)
    a_distance = models.BooleanField("à distance", default=False)
    points = models.JSONField("autres points", default=list, blank=True)
    ordre_du_jour = models.JSONField(default=list, blank=True)
    compte_rendu = models.TextField(blank=True)
    motif = models.CharField("pourquoi elle n’a pas lieu", max_length=300, blank=True)
    empreinte = models.CharField(max_length=64, blank=True)
    etat = models.CharField(
        max_length=12, choices=[(etat.code, etat.libelle) for etat in ETATS_REUNION], default=PLANIFIEE
    )
    planifiee_le = models.DateTimeField()
    planifiee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    tenue_le = models.DateTimeField(null=True, blank=True)
    tenue_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approuvee_le = models.DateTimeField(null=True, blank=True)
    approuvee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    annulee_le = models.DateTimeField(null=True, blank=True)
    annulee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["-debut", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(a_distance=True) | ~Q(lieu=""),
                name="reunion_quelque_part",
                violation_error_message="Dites où elle se tient, ou qu’elle se tient à distance.",
            ),
            models.CheckConstraint(
                condition=~Q(etat="ANNULEE") | ~Q(motif=""),
                name="reunion_annulee_motivee",
                violation_error_message="Dites pourquoi la réunion n’a pas lieu.",
            ),
            models.CheckConstraint(
                condition=~Q(etat="APPROUVEE") | ~Q(empreinte=""),
                name="reunion_approuvee_scellee",
                violation_error_message="Un compte rendu approuvé a son empreinte.",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="compte_rendu_fige",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.approuvee_le IS NOT NULL"),
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"COMITE-{a_paris(self.debut):%Y-%m-%d}"


class Invitation(models.Model):
    """One institution asked to come. `present` stays unknown until the meeting was held."""

    reunion = models.ForeignKey(Reunion, on_delete=models.CASCADE, related_name="invitations")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    present = models.BooleanField(null=True)
    fonction = models.CharField("représentée par, fonction", max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reunion", "institution"],
                name="invitation_unique",
                violation_error_message="Cette institution est déjà invitée.",
            )
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="presence_figee",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=FIGEE.format(ligne="NEW"),
            ),
            pgtrigger.Trigger(
                name="presence_gardee",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=FIGEE.format(ligne="OLD"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution} à {self.reunion}"


class Decision(models.Model):
    """What the committee decided, who carries it and by when. Its follow-up goes on after the minutes are frozen."""

    class Issue(models.TextChoices):
        FAITE = "FAITE", "Faite"
        ABANDONNEE = "ABANDONNEE", "Abandonnée"

    reunion = models.ForeignKey(Reunion, on_delete=models.PROTECT, related_name="decisions")
    numero = models.PositiveSmallIntegerField()
    texte = models.CharField(max_length=600)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    fiche = models.ForeignKey(Fiche, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    echeance = models.DateField()
    prise_le = models.DateTimeField()
    prise_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    issue = models.CharField(max_length=12, choices=Issue.choices, blank=True)
    suite = models.CharField("ce qui a été fait", max_length=600, blank=True)
    close_le = models.DateTimeField(null=True, blank=True)
    close_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["reunion_id", "numero"]
        indexes: ClassVar = [
            models.Index(fields=["institution", "echeance"], condition=Q(close_le=None), name="decision_a_suivre")
        ]
        constraints = [
            models.UniqueConstraint(fields=["reunion", "numero"], name="decision_numero_unique"),
            models.CheckConstraint(
                condition=Q(issue="", close_le=None, close_par=None)
                | (~Q(issue="") & ~Q(suite="") & Q(close_le__isnull=False, close_par__isnull=False)),
                name="decision_close_expliquee",
                violation_error_message="Dites ce qui a été fait, ou pourquoi la décision est abandonnée.",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="decision_figee",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=FIGEE.format(ligne="NEW"),
            ),
            pgtrigger.Trigger(
                name="decision_immuable",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("reunion", "numero", "texte", "institution", "fiche", "echeance"),
                func=FIGEE.format(ligne="OLD").replace("RETURN OLD", "RETURN NEW"),
            ),
            pgtrigger.Trigger(
                name="decision_gardee",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=FIGEE.format(ligne="OLD"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reunion.reference}, décision {self.numero}"
