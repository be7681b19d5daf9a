"""The envelope. Nothing nominative: lists, deadlines, figures and notices read it and cannot leak a name."""

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from simple_history.models import HistoricalRecords

from accounts.roles import Role
from convention.models import Service

if TYPE_CHECKING:
    from convention.acteur import Acteur


class Nature(models.TextChoices):
    SIGNALEMENT = "SIGNALEMENT", "Signalement"
    REQUISITION = "REQUISITION", "Réquisition"
    EXTRACTION = "EXTRACTION", "Prise en charge d’une personne détenue"
    DECLARATION = "DECLARATION", "Déclaration sans patient nommé"


class Phase(models.TextChoices):
    BROUILLON = "brouillon", "Brouillon"
    EN_COURS = "en_cours", "En cours"
    EN_ATTENTE = "en_attente", "En attente"
    CLOS = "clos", "Clos"
    ARCHIVE = "archive", "Archivé"


class Urgence(models.TextChoices):
    IMMEDIATE = "IMMEDIATE", "Immédiate"
    JOUR = "JOUR", "Dans la journée"
    ORDINAIRE = "ORDINAIRE", "Ordinaire"


# Who may open a case of their hospital by break-glass.
BRISEURS = (Role.SOIGNANT, Role.MEDECIN_RESPONSABLE, Role.CADRE, Role.GARDE, Role.JURISTE, Role.DIRECTION)


class DossierQuerySet(models.QuerySet["Dossier"]):
    def visibles_par(self, acteur: "Acteur") -> "DossierQuerySet":
        """The cases this person may know of: a living participation of a service or of the person, and no exclusion.

        An exceptional opening adds one case for an hour, read only (`dossiers.garde` refuses every act on it).

        A person without a valid rattachement knows of none, not even of the cases they wrote.
        """
        from dossiers.models.acces import BrisDeGlace
        from dossiers.models.participation import Exclusion, Participation, ParticipationPersonnelle

        if not acteur.places:
            return self.none()
        de_service = Participation.objects.vivantes().filter(content_object=OuterRef("pk"), group_id__in=acteur.groupes)
        de_personne = ParticipationPersonnelle.objects.vivantes().filter(
            content_object=OuterRef("pk"), user_id=acteur.utilisateur_id
        )
        exclu = Exclusion.objects.filter(dossier=OuterRef("pk"), utilisateur_id=acteur.utilisateur_id)
        portes = Q(Exists(de_service)) | Q(Exists(de_personne))
        if acteur.a(*BRISEURS):
            portes |= Q(Exists(BrisDeGlace.objects.en_cours(acteur).filter(dossier=OuterRef("pk"))))
        return self.filter(portes).exclude(Exists(exclu))


class Dossier(models.Model):
    """A case as an envelope. `etat` belongs to the workflow of its nature, `phase` is common to all."""

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=20, unique=True, null=True, blank=True)
    nature = models.CharField(max_length=20, choices=Nature.choices)
    variante = models.CharField("voie ou type d’acte", max_length=40)
    etat = models.CharField(max_length=30)
    phase = models.CharField(max_length=12, choices=Phase.choices, default=Phase.BROUILLON)
    urgence = models.CharField(max_length=10, choices=Urgence.choices, default=Urgence.ORDINAIRE)
    service_emetteur = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    fiche_version = models.ForeignKey("fiches.VersionFiche", on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField("verrou optimiste", default=0)
    cree_le = models.DateTimeField(auto_now_add=True)
    cree_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    transmis_le = models.DateTimeField(null=True, blank=True)
    transmis_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    clos_le = models.DateTimeField(null=True, blank=True)
    clos_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    echeance_debut = models.DateTimeField(null=True, blank=True)
    echeance_le = models.DateTimeField(null=True, blank=True)
    echeance_suspendue = models.BooleanField(default=False)
    derniere_activite = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords(excluded_fields=["derniere_activite"])

    objects = DossierQuerySet.as_manager()

    class Meta:
        permissions: ClassVar = [("voir_dossier", "Voir le dossier")]
        default_permissions: ClassVar = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(phase__in=Phase.values),
                name="dossier_phase",
                violation_error_message="Cette phase n’existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(phase=Phase.BROUILLON) | Q(reference__isnull=False),
                name="dossier_reference_hors_brouillon",
                violation_error_message="Un dossier qui quitte le brouillon porte une référence.",
            ),
            models.CheckConstraint(
                condition=Q(transmis_le__isnull=True, transmis_par__isnull=True)
                | Q(transmis_le__isnull=False, transmis_par__isnull=False),
                name="dossier_transmis_apparie",
                violation_error_message="La date et l’auteur de la transmission vont ensemble.",
            ),
            models.CheckConstraint(
                condition=Q(clos_le__isnull=True, clos_par__isnull=True)
                | Q(clos_le__isnull=False, clos_par__isnull=False),
                name="dossier_clos_apparie",
                violation_error_message="La date et l’auteur de la clôture vont ensemble.",
            ),
        ]
        indexes = [models.Index(fields=["nature", "cree_le"])]

    def __str__(self) -> str:
        return self.reference or "Brouillon"


class Compteur(models.Model):
    """The last number given per prefix and year; its row lock keeps the sequence without gap."""

    prefixe = models.CharField(max_length=8)
    annee = models.PositiveSmallIntegerField()
    dernier = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prefixe", "annee"], name="compteur_unique")]

    def __str__(self) -> str:
        return f"{self.prefixe}-{self.annee}-{self.dernier:04d}"


class Lien(models.Model):
    """Two cases opened from one situation. Each keeps its own recipients."""

    origine = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="liens_sortants")
    cible = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="liens_entrants")
    nature_lien = models.CharField(max_length=40)
    cree_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["origine", "cible"], name="lien_unique")]

    def __str__(self) -> str:
        return f"{self.origine} → {self.cible}"
