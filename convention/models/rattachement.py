"""Who acts for whom, and until when."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from accounts.roles import Role
from convention.models.institution import Service


class Rattachement(models.Model):
    """A person in a service with a role; judicial quality and dates decide what they may issue.

    Written by `convention.rattachements` only, which keeps `user.groups` in step.
    """

    class Profession(models.TextChoices):
        MEDECIN = "MEDECIN", "Médecin"
        INTERNE = "INTERNE", "Interne"
        SAGE_FEMME = "SAGE_FEMME", "Sage-femme"
        PHARMACIEN = "PHARMACIEN", "Pharmacien"
        INFIRMIER = "INFIRMIER", "Infirmier"
        AIDE_SOIGNANT = "AIDE_SOIGNANT", "Aide-soignant"
        PSYCHOLOGUE = "PSYCHOLOGUE", "Psychologue"
        ASSISTANT_SOCIAL = "ASSISTANT_SOCIAL", "Assistant de service social"
        CADRE_SANTE = "CADRE_SANTE", "Cadre de santé"
        ADMINISTRATIF = "ADMINISTRATIF", "Agent administratif"
        DIRECTION = "DIRECTION", "Direction"

    class Qualite(models.TextChoices):
        PR = "PR", "Procureur de la République"
        SUBSTITUT = "SUBSTITUT", "Substitut du procureur"
        JI = "JI", "Juge d’instruction"
        OPJ = "OPJ", "Officier de police judiciaire"
        APJ = "APJ", "Agent de police judiciaire"
        ASSIST = "ASSIST", "Assistant d’enquête"
        AG_DOUANE = "AG_DOUANE", "Agent des douanes"
        ODJ = "ODJ", "Officier de douane judiciaire"
        JUGE = "JUGE", "Autre juge du siège"
        PREFET = "PREFET", "Préfet ou son représentant"

    utilisateur = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="rattachements")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="rattachements")
    role = models.CharField(max_length=30, choices=Role.choices)
    profession = models.CharField(max_length=20, choices=Profession.choices, blank=True)
    qualite = models.CharField("qualité judiciaire", max_length=12, choices=Qualite.choices, blank=True)
    matricule = models.CharField("RPPS, matricule ou numéro d’habilitation", max_length=30, blank=True)
    debut_le = models.DateField()
    fin_le = models.DateField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["utilisateur", "service", "role"],
                condition=models.Q(fin_le=None),
                name="rattachement_unique",
                violation_error_message="Cette personne a déjà ce rôle dans ce service.",
            ),
            models.CheckConstraint(
                condition=models.Q(fin_le=None) | models.Q(fin_le__gte=models.F("debut_le")),
                name="rattachement_dates",
                violation_error_message="La fin doit suivre le début.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.utilisateur} · {self.service} · {self.get_role_display()}"

    @property
    def role_court(self) -> str:
        """« Soignant » of « Soignant : signale, certifie… »."""
        return str(self.get_role_display()).partition(" : ")[0]
