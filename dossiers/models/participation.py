"""Who takes part: one guardian row is the right, the list entry and the per-partner status at once."""

from datetime import UTC, datetime
from typing import ClassVar, TypeVar

from django.conf import settings
from django.db import models
from guardian.managers import GroupObjectPermissionManager, UserObjectPermissionManager
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from dossiers.models.dossier import Dossier, Nature, Phase, Urgence

JAMAIS = datetime(9999, 1, 1, tzinfo=UTC)
M = TypeVar("M", bound="Part")


class Parts(models.QuerySet[M]):
    def vivantes(self) -> "Parts[M]":
        """Participations not ended."""
        return self.filter(fin_le=None)

    def engagees(self) -> "Parts[M]":
        """The living ones but those only told ahead."""
        return self.vivantes().exclude(role=Part.Role.AVERTI)


class Part(models.Model):
    """What a party has of its own in a case. `echeance_tri` is never null: far future when nothing is due.

    `ligne` is the neutral sentence this party reads in lists; `apparait_comme` is how the others read this party.
    """

    class Role(models.TextChoices):
        AUTEUR = "auteur", "Auteur"
        DESTINATAIRE = "destinataire", "Destinataire"
        EXECUTANT = "executant", "Exécutant"
        COPIE = "copie", "En copie"
        OBSERVATEUR = "observateur", "Informé"
        # Nothing is entrusted to it yet: its case type tells it what to expect, events do not.
        AVERTI = "averti", "Averti à l’avance"

    role = models.CharField(max_length=15, choices=Role.choices)
    ligne = models.CharField(max_length=160)
    apparait_comme = models.CharField(max_length=160)
    non_lu = models.BooleanField(default=True)
    suivi_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    suivi_le = models.DateTimeField(null=True)
    accorde_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    accorde_le = models.DateTimeField(auto_now_add=True)
    motif = models.CharField(max_length=120)
    fin_le = models.DateTimeField(null=True)
    nature = models.CharField(max_length=20, choices=Nature.choices)
    urgence = models.CharField(max_length=10, choices=Urgence.choices)
    phase = models.CharField(max_length=12, choices=Phase.choices)
    derniere_activite = models.DateTimeField()
    echeance_tri = models.DateTimeField(default=JAMAIS)

    class Meta:
        abstract = True


class Participation(GroupObjectPermissionBase, Part):
    """A service takes part."""

    content_object = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="participations")
    objects = GroupObjectPermissionManager.from_queryset(Parts)()  # type: ignore[misc]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "permission", "content_object"],
                name="participation_unique",
                violation_error_message="Ce service participe déjà au dossier.",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["group", "permission", "phase", "echeance_tri", "content_object"],
                condition=models.Q(fin_le=None),
                name="participation_travail",
            ),
            models.Index(
                fields=["group", "permission", "-derniere_activite", "-content_object"],
                condition=models.Q(fin_le=None),
                name="participation_recents",
            ),
        ]


class ParticipationPersonnelle(UserObjectPermissionBase, Part):
    """A person takes part: author, required doctor, added colleague."""

    content_object = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="participations_personnelles")
    objects = UserObjectPermissionManager.from_queryset(Parts)()  # type: ignore[misc]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "permission", "content_object"],
                name="participation_personnelle_unique",
                violation_error_message="Cette personne participe déjà au dossier.",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["user", "permission", "phase", "echeance_tri", "content_object"],
                condition=models.Q(fin_le=None),
                name="personnelle_travail",
            ),
            models.Index(
                fields=["user", "permission", "-derniere_activite", "-content_object"],
                condition=models.Q(fin_le=None),
                name="personnelle_recents",
            ),
        ]


class Exclusion(models.Model):
    """A person who must never know of a case, whatever their service. Beats every grant, break-glass included."""

    class Motif(models.TextChoices):
        MIS_EN_CAUSE = "MIS_EN_CAUSE", "Mis en cause dans les faits"
        PROCHE = "PROCHE", "Proche de la personne concernée"
        INTERET = "INTERET", "Intérêt personnel dans l’affaire"
        DEMANDE = "DEMANDE", "À la demande de la personne concernée"

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="exclusions")
    utilisateur = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    pose_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    pose_le = models.DateTimeField(auto_now_add=True)
    motif = models.CharField(max_length=12, choices=Motif.choices, default=Motif.MIS_EN_CAUSE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "utilisateur"],
                name="exclusion_unique",
                violation_error_message="Cette personne est déjà écartée du dossier.",
            )
        ]

    def __str__(self) -> str:
        return f"exclusion {self.dossier_id}"
