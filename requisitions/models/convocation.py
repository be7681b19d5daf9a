"""The summons of the Ordre to an operation: all that its councillor reads of the case, its answer and its report."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from convention.models import Service
from documents.chiffrement import ChampChiffre
from dossiers.models import Dossier


class Convocation(models.Model):
    """One by operation. The Ordre reads this row and never the letter.

    Nothing here is free text of the hospital's: a meeting point is chosen, so that it names neither ward nor patient.
    """

    class Operation(models.TextChoices):
        SAISIE = "saisie", "Saisie"
        PERQUISITION = "perquisition", "Perquisition"
        REMISE = "remise", "Remise d’un dossier avec l’accord du médecin"

    class Lieu(models.TextChoices):
        ACCUEIL = "accueil", "Accueil des autorités"
        DIRECTION = "direction", "Direction générale"
        JURIDIQUE = "juridique", "Affaires juridiques"
        ARCHIVES = "archives", "Archives médicales"
        SECURITE = "securite", "Poste de sécurité, entrée de nuit"

    class Reponse(models.TextChoices):
        VIENT = "vient", "Un conseiller vient"
        EMPECHE = "empeche", "Aucun conseiller ne peut venir"

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, related_name="convocation")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    operation = models.CharField("opération", max_length=12, choices=Operation.choices)
    autorite = models.CharField("autorité", max_length=200)
    lieu = models.CharField("point de rendez-vous", max_length=10, choices=Lieu.choices, default=Lieu.ACCUEIL)
    prevue_pour = models.DateTimeField("heure prévue", null=True, blank=True)
    convoquee_le = models.DateTimeField()
    convoquee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reponse = models.CharField("réponse de l’Ordre", max_length=8, choices=Reponse.choices, blank=True)
    conseiller = models.CharField("conseiller qui vient", max_length=160, blank=True)
    motif = models.CharField("motif de l’absence", max_length=200, blank=True)
    repondue_le = models.DateTimeField("répondue", null=True, blank=True)
    repondue_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    compte_rendu = ChampChiffre("compte rendu du conseiller", blank=True)
    reserves = ChampChiffre("réserves du conseiller", blank=True)
    rendu_le = models.DateTimeField("compte rendu déposé", null=True, blank=True)
    rendu_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["-convoquee_le", "-pk"]
        indexes: ClassVar = [models.Index(fields=["service", "reponse", "-convoquee_le"], name="convocation_liste")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reponse="", repondue_le=None, repondue_par=None)
                | ~models.Q(reponse="") & models.Q(repondue_le__isnull=False, repondue_par__isnull=False),
                name="convocation_reponse_signee",
                violation_error_message="La réponse de l’Ordre, sa date et son auteur vont ensemble.",
            ),
            models.CheckConstraint(
                condition=models.Q(reponse="vient") & ~models.Q(conseiller="")
                | ~models.Q(reponse="vient") & models.Q(conseiller=""),
                name="convocation_conseiller_nomme",
                violation_error_message="L’Ordre qui vient nomme son conseiller.",
            ),
            models.CheckConstraint(
                condition=models.Q(reponse="empeche") & ~models.Q(motif="")
                | ~models.Q(reponse="empeche") & models.Q(motif=""),
                name="convocation_absence_motivee",
                violation_error_message="L’Ordre qui ne vient pas dit pourquoi.",
            ),
            models.CheckConstraint(
                condition=models.Q(rendu_le=None, rendu_par=None)
                | models.Q(rendu_le__isnull=False, rendu_par__isnull=False),
                name="convocation_compte_rendu_signe",
                violation_error_message="La date et l’auteur du compte rendu vont ensemble.",
            ),
        ]

    def __str__(self) -> str:
        return f"convocation de {self.dossier_id}"
