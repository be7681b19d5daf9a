"""Frais de justice: what the accounts office reads of a requisition, and nothing else."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from convention.models import Service
from dossiers.models import Dossier


class Memoire(models.Model):
    """One by requisition. The accounts office reads this row alone: it never opens the case nor names the patient.

    `pseudonyme` is drawn at random: it links neither to a person nor to another requisition.
    """

    class Acte(models.TextChoices):
        EXAMEN = "examen", "Examen de garde à vue, avec rapport"
        PROLONGATION = "prolongation", "Examen de prolongation, ou affaire de stupéfiants"
        VICTIME = "victime", "Examen de victime, certificat"
        PRELEVEMENT = "prelevement", "Prise de sang"
        IMAGERIE = "imagerie", "Imagerie"
        COPIE = "copie", "Copies et supports"
        AUTRE = "autre", "Autre acte"

    class Situation(models.TextChoices):
        A_ETABLIR = "a_etablir", "À établir"
        DEPOSE = "depose", "Déposé"
        REJETE = "rejete", "Rejeté"
        PAYE = "paye", "Payé"

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, related_name="memoire")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField("numéro de la réquisition", max_length=20)
    pseudonyme = models.CharField(max_length=8, unique=True)
    num_procedure = models.CharField("numéro de procédure", max_length=60, blank=True)
    prescripteur = models.CharField(max_length=200)
    acte = models.CharField(max_length=15, choices=Acte.choices)
    acte_du = models.DateTimeField("acte fait le")
    ouvert_le = models.DateTimeField(auto_now_add=True)
    ouvert_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    situation = models.CharField(max_length=10, choices=Situation.choices, default=Situation.A_ETABLIR)
    numero = models.CharField("numéro du mémoire", max_length=40, blank=True)
    montant = models.DecimalField("montant, en euros", max_digits=8, decimal_places=2, null=True, blank=True)
    motif = models.CharField("motif du rejet", max_length=200, blank=True)
    suivi_le = models.DateTimeField("dernière étape", null=True, blank=True)
    suivi_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = HistoricalRecords(excluded_fields=["cle"])

    class Meta:
        ordering: ClassVar = ["acte_du", "pk"]
        indexes: ClassVar = [models.Index(fields=["situation", "acte_du"], name="memoire_situation")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(situation="a_etablir") | ~models.Q(numero="") & models.Q(montant__gt=0),
                name="memoire_depose_chiffre",
                violation_error_message="Un mémoire déposé porte son numéro et son montant.",
            ),
            models.CheckConstraint(
                condition=~models.Q(situation="rejete") | ~models.Q(motif=""),
                name="memoire_rejet_motive",
                violation_error_message="Un rejet porte son motif.",
            ),
            models.CheckConstraint(
                condition=models.Q(suivi_le=None, suivi_par=None)
                | models.Q(suivi_le__isnull=False, suivi_par__isnull=False),
                name="memoire_suivi_apparie",
                violation_error_message="La date et l’auteur de l’étape vont ensemble.",
            ),
        ]

    def __str__(self) -> str:
        return f"mémoire {self.pseudonyme}"
