"""Who is bound, until when, and who acts for whom."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from simple_history.models import HistoricalRecords

from accounts.roles import Role


class Institution(models.Model):
    """A signatory of a convention, or a correspondent that only receives (CRIP, ARS cell)."""

    class Famille(models.TextChoices):
        SANTE = "sante", "Santé"
        SECURITE = "securite", "Sécurité"
        JUSTICE = "justice", "Justice"
        ETAT = "etat", "État"

    code = models.CharField(max_length=20, unique=True)
    nom = models.CharField(max_length=200)
    nom_court = models.CharField(max_length=80)
    famille = models.CharField(max_length=10, choices=Famille.choices)
    commune = models.CharField(max_length=80)
    signataire = models.BooleanField(default=True)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["nom"]

    def __str__(self) -> str:
        return self.nom_court


class Service(models.Model):
    """A unit of an institution. Its `groupe` is what a participation is granted to.

    `nom_externe` is the only name other institutions read: a ward or a specialty is never revealed.
    """

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=20, unique=True)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="services")
    groupe = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="service")
    nom = models.CharField(max_length=120)
    nom_externe = models.CharField(max_length=160)
    domaine = models.SlugField(max_length=40)
    permanence = models.BooleanField("tient une permanence", default=False)
    remplacant = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["institution__nom", "nom"]

    def __str__(self) -> str:
        return self.nom

    def nom_pour(self, institution_id: int | None) -> str:
        """The name a reader of `institution_id` may read."""
        return self.nom if institution_id == self.institution_id else self.nom_externe


class Contact(models.Model):
    """A way to reach a service; never hard-coded anywhere else. Unverified for 90 days, it is flagged."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="contacts")
    libelle = models.CharField(max_length=80)
    telephone = models.CharField(max_length=20, blank=True)
    courriel = models.EmailField(blank=True)
    horaires = models.CharField(max_length=80, blank=True)
    verifie_le = models.DateField()
    ordre = models.PositiveSmallIntegerField(default=0)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["service_id", "ordre", "pk"]

    def __str__(self) -> str:
        return f"{self.libelle} : {self.telephone}"


class Rattachement(models.Model):
    """A person in a service with a role; judicial quality and dates decide what they may issue.

    Written by `convention.rattachements` only, which keeps `user.groups` in step.
    """

    class Profession(models.TextChoices):
        MEDECIN = "MEDECIN", "Médecin"
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


class Permanence(models.Model):
    """Who is on duty for a service, and when. The on-call role lives only inside such a slot."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="permanences")
    titulaire = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="permanences")
    debut = models.DateTimeField()
    fin = models.DateTimeField()
    telephone = models.CharField(max_length=20, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["debut", "pk"]
        indexes = [models.Index(fields=["service", "fin"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(fin__gt=models.F("debut")),
                name="permanence_dates",
                violation_error_message="La permanence doit finir après son début.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.service} du {self.debut:%d/%m %H:%M} au {self.fin:%d/%m %H:%M}"


class Convention(models.Model):
    """A signed convention of some kind; its sheets belong to the app `fiches`."""

    code = models.SlugField(max_length=40, unique=True)
    genre = models.SlugField(max_length=40)
    titre = models.CharField(max_length=200)
    version = models.CharField(max_length=20)
    etablissement = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    signee_le = models.DateField()
    publiee_le = models.DateField(null=True, blank=True)
    lieu = models.CharField(max_length=80)
    objet = models.TextField()
    suivi = models.TextField()
    historique = models.JSONField(default=list)
    history = HistoricalRecords()

    def __str__(self) -> str:
        return self.titre


class Signataire(models.Model):
    """A person who signed, with the exact title borne that day."""

    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="signataires")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="signataires")
    ordre = models.PositiveSmallIntegerField()
    civilite = models.CharField(max_length=10)
    prenom = models.CharField(max_length=80)
    nom = models.CharField(max_length=80)
    titre = models.CharField(max_length=200)
    signe_le = models.DateField()
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["convention_id", "ordre"]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "ordre"],
                name="signataire_ordre_unique",
                violation_error_message="Deux signataires ont le même rang.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.civilite} {self.prenom} {self.nom}, {self.titre}"
