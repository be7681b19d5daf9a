"""How rights are given and taken back: requests that need two persons, entitlements asked, accounts, yearly reviews."""

import uuid
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from accounts.roles import Role
from convention.models.institution import Institution, Service
from convention.models.rattachement import Rattachement

MOTIF_MINIMUM = 20
FIGES = ("cle", "acte", "objet", "empreinte", "motif", "institution", "demandee_par", "demandee_le", "expire_le")


class DemandeDouble(models.Model):
    """An act that waits for a second, distinct person. What was asked is frozen: `empreinte` hashes its content.

    `consommee_le` dates the one act that the approval allowed.
    """

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    acte = models.CharField(max_length=60)
    objet = models.UUIDField()
    empreinte = models.CharField(max_length=64)
    motif = models.CharField(max_length=500, validators=[MinLengthValidator(MOTIF_MINIMUM)])
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    demandee_le = models.DateTimeField(auto_now_add=True)
    demandee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expire_le = models.DateTimeField()
    approuvee_le = models.DateTimeField(null=True)
    approuvee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    refusee_le = models.DateTimeField(null=True)
    refusee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    motif_refus = models.CharField(max_length=500, blank=True)
    consommee_le = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-demandee_le", "-pk"]
        indexes = [models.Index(fields=["acte", "objet"], name="demande_double_objet")]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="demande_figee",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(*FIGES),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(approuvee_par=None) | ~Q(approuvee_par=F("demandee_par")),
                name="demande_double_deux_personnes",
                violation_error_message="Une autre personne que le demandeur doit approuver.",
            ),
            models.CheckConstraint(
                condition=Q(approuvee_le=None, approuvee_par=None)
                | Q(approuvee_le__isnull=False, approuvee_par__isnull=False),
                name="demande_double_approuvee_apparie",
                violation_error_message="La date et l’auteur de l’approbation vont ensemble.",
            ),
            models.CheckConstraint(
                condition=Q(refusee_le=None, refusee_par=None) | Q(refusee_le__isnull=False, refusee_par__isnull=False),
                name="demande_double_refusee_apparie",
                violation_error_message="La date et l’auteur du refus vont ensemble.",
            ),
            models.CheckConstraint(
                condition=Q(approuvee_le=None) | Q(refusee_le=None),
                name="demande_double_une_reponse",
                violation_error_message="Une demande est approuvée ou refusée, pas les deux.",
            ),
            models.CheckConstraint(
                condition=Q(consommee_le=None) | Q(approuvee_le__isnull=False),
                name="demande_double_consommee_apres_approbation",
                violation_error_message="Seule une demande approuvée permet l’acte.",
            ),
            models.CheckConstraint(
                condition=Q(approuvee_le=None) | Q(approuvee_le__lte=F("expire_le")),
                name="demande_double_a_temps",
                violation_error_message="Cette demande a expiré.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.acte} {self.objet}"


class Habilitation(models.Model):
    """A right that an administrator asks for a person, given when a second one has validated it.

    `utilisateur` is null while the account does not exist; `remplace` is the right that ends when this one begins.
    """

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    utilisateur = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    civilite = models.CharField("civilité", max_length=10, blank=True)
    prenom = models.CharField("prénom", max_length=100)
    nom = models.CharField(max_length=100)
    courriel = models.EmailField("adresse électronique professionnelle")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, choices=Role.choices)
    profession = models.CharField(max_length=20, choices=Rattachement.Profession.choices, blank=True)
    qualite = models.CharField("qualité judiciaire", max_length=12, choices=Rattachement.Qualite.choices, blank=True)
    matricule = models.CharField("RPPS, matricule ou numéro d’habilitation", max_length=30, blank=True)
    debut_le = models.DateField()
    fin_le = models.DateField(null=True, blank=True)
    remplace = models.ForeignKey(Rattachement, on_delete=models.PROTECT, null=True, related_name="+")
    proposee_le = models.DateTimeField(auto_now_add=True)
    proposee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    accordee_le = models.DateTimeField(null=True)
    accordee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fin_le=None) | Q(fin_le__gt=F("debut_le")),
                name="habilitation_dates",
                violation_error_message="La fin doit suivre le début.",
            ),
            models.CheckConstraint(
                condition=Q(accordee_le=None, accordee_par=None)
                | Q(accordee_le__isnull=False, accordee_par__isnull=False, utilisateur__isnull=False),
                name="habilitation_accordee_apparie",
                violation_error_message="La date, l’auteur de l’accord et le compte vont ensemble.",
            ),
            models.CheckConstraint(
                condition=Q(accordee_par=None) | ~Q(accordee_par=F("proposee_par")),
                name="habilitation_deux_personnes",
                violation_error_message="Une autre personne que le demandeur doit valider.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prenom} {self.nom} · {self.service} · {self.role}"


class SuiviCompte(models.Model):
    """What the institution did of an account: suspended and why, reactivated, warned for being idle, left."""

    class Motif(models.TextChoices):
        SECURITE = "securite", "Doute sur la sécurité du compte"
        ABSENCE = "absence", "Absence longue"
        DEPART = "depart", "Départ"
        INACTIVITE = "inactivite", "Aucune connexion depuis 90 jours"

    utilisateur = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="suivi")
    motif = models.CharField(max_length=12, choices=Motif.choices, blank=True)
    suspendu_le = models.DateTimeField(null=True)
    suspendu_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reactive_le = models.DateTimeField(null=True)
    reactive_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    averti_le = models.DateTimeField(null=True)
    history = HistoricalRecords()

    def __str__(self) -> str:
        return f"suivi du compte {self.utilisateur_id}"


class RevueDroits(models.Model):
    """The yearly review of an institution's rights; closed when every right has been confirmed or ended."""

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="revues")
    annee = models.PositiveSmallIntegerField("année")
    ouverte_le = models.DateTimeField(auto_now_add=True)
    ouverte_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    close_le = models.DateTimeField(null=True)
    close_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-annee"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "annee"],
                name="revue_unique",
                violation_error_message="La revue de cette année existe déjà.",
            )
        ]

    def __str__(self) -> str:
        return f"revue {self.annee} {self.institution}"


class LigneRevue(models.Model):
    """One right under review, and what was decided of it, by whom."""

    class Decision(models.TextChoices):
        CONFIRME = "confirme", "Confirmé"
        TERMINE = "termine", "Terminé"

    revue = models.ForeignKey(RevueDroits, on_delete=models.CASCADE, related_name="lignes")
    rattachement = models.ForeignKey(Rattachement, on_delete=models.PROTECT, related_name="lignes_de_revue")
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decidee_le = models.DateTimeField(null=True)
    decidee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["revue", "rattachement"],
                name="ligne_revue_unique",
                violation_error_message="Ce droit est déjà dans la revue.",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decidee_le=None, decidee_par=None)
                | (~Q(decision="") & Q(decidee_le__isnull=False, decidee_par__isnull=False)),
                name="ligne_revue_decidee_apparie",
                violation_error_message="La décision, sa date et son auteur vont ensemble.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rattachement_id} {self.decision}"
