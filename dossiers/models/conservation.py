"""How long each kind of data is kept, where each case stands, what holds it, and what two persons decide of it."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from dossiers.conservation.regles import Bareme, Duree
from dossiers.models.dossier import Dossier, Nature


class RegleConservation(models.Model):
    """One line of the retention table, in one version. A change is a new version; the past ones stay readable."""

    class Depart(models.TextChoices):
        CLOTURE = "cloture", "Clôture du dossier"
        DECISION = "decision", "Décision de ne pas signaler"
        REPONSE = "reponse", "Réponse, refus ou annulation"
        OUVERTURE = "ouverture", "Première ouverture confirmée"
        EVENEMENT = "evenement", "Retour de la personne détenue"
        DEPOT = "depot", "Création de la donnée"
        USAGE = "usage", "Dernière utilisation"

    class Sort(models.TextChoices):
        DESTRUCTION = "destruction", "Détruire, décision de deux personnes"
        EFFACEMENT = "effacement", "Effacer sans autre décision"
        ANONYMISATION = "anonymisation", "Rendre anonyme"

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    nature = models.CharField(max_length=20, choices=Nature.choices, blank=True)
    libelle = models.CharField("libellé", max_length=120)
    depart = models.CharField("point de départ", max_length=12, choices=Depart.choices)
    actif_mois = models.PositiveSmallIntegerField(default=0)
    actif_jours = models.PositiveSmallIntegerField(default=0)
    archive_mois = models.PositiveSmallIntegerField(default=0)
    butoir_jours = models.PositiveSmallIntegerField("maximum, depuis la mise à disposition", null=True, blank=True)
    age_du_mineur = models.PositiveSmallIntegerField("jusqu’à cet anniversaire", null=True, blank=True)
    apres_deces = models.PositiveSmallIntegerField("années après le décès", null=True, blank=True)
    attend_versement = models.BooleanField("attend le versement au registre de l’hôpital", default=False)
    archives = models.BooleanField("bordereau proposé aux archives", default=False)
    sort = models.CharField("sort final", max_length=15, choices=Sort.choices)
    fondement = models.TextField()
    debut = models.DateField("en vigueur depuis")
    fin = models.DateField("jusqu’au", null=True, blank=True)
    signee_le = models.DateTimeField(null=True, blank=True)
    signee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "version"],
                name="regle_conservation_unique",
                violation_error_message="Cette version de la règle existe déjà.",
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(fin=None),
                name="regle_conservation_en_vigueur",
                violation_error_message="Une seule version d’une règle est en vigueur.",
            ),
            models.CheckConstraint(
                condition=Q(fin=None) | Q(fin__gte=F("debut")),
                name="regle_conservation_dates",
                violation_error_message="La fin de la règle suit son début.",
            ),
            models.CheckConstraint(
                condition=Q(signee_le=None, signee_par=None) | Q(signee_le__isnull=False, signee_par__isnull=False),
                name="regle_conservation_signee_appariee",
                violation_error_message="La date et l’auteur de la signature vont ensemble.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"

    @property
    def bareme(self) -> Bareme:
        return Bareme(
            actif=Duree(mois=self.actif_mois, jours=self.actif_jours),
            archive=Duree(mois=self.archive_mois),
            butoir=Duree(jours=self.butoir_jours) if self.butoir_jours is not None else None,
            age_du_mineur=self.age_du_mineur,
            apres_deces=self.apres_deces,
            attend_versement=self.attend_versement,
        )


class Conservation(models.Model):
    """Where a case stands on its way out, then the stub that says what was destroyed, when and by which rule.

    Nothing nominative. `reference`, `nature` and `institutions` are copied so that the register is read without
    opening a case; `prochaine` is the day the daily scan must look again.
    """

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, related_name="conservation")
    cle = models.UUIDField(unique=True, editable=False)
    reference = models.CharField(max_length=20, blank=True)
    nature = models.CharField(max_length=20, choices=Nature.choices)
    regle = models.ForeignKey(RegleConservation, on_delete=models.PROTECT, null=True, related_name="+")
    institutions = ArrayField(models.BigIntegerField(), default=list)
    depart = models.DateField(null=True)
    archivage = models.DateField("archivage dû", null=True)
    echeance = models.DateField("destruction possible", null=True)
    prolonge_au = models.DateField(null=True)
    prochaine = models.DateField(null=True)
    archive_depuis = models.DateTimeField(null=True)
    averti = models.DateField("parties averties", null=True)
    propose = models.DateField("destruction proposée", null=True)
    verse_le = models.DateTimeField("versement au registre confirmé", null=True)
    verse_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    detruit_le = models.DateTimeField(null=True)
    detruit_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    bordereau = models.JSONField("bordereau d’élimination", default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["prochaine"], condition=Q(detruit_le=None), name="conservation_a_examiner"),
            models.Index(fields=["echeance"], condition=Q(detruit_le=None), name="conservation_a_echeance"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(verse_le=None, verse_par=None) | Q(verse_le__isnull=False, verse_par__isnull=False),
                name="conservation_verse_apparie",
                violation_error_message="La date et l’auteur du versement vont ensemble.",
            ),
            models.CheckConstraint(
                condition=Q(detruit_le=None, detruit_par=None) | Q(detruit_le__isnull=False, detruit_par__isnull=False),
                name="conservation_detruit_apparie",
                violation_error_message="La date et l’auteur de la destruction vont ensemble.",
            ),
        ]

    def __str__(self) -> str:
        return f"conservation {self.reference or self.cle}"


class MiseEnAttente(models.Model):
    """A legal hold. It stops every purge from the request on; unconfirmed by a second person, it lapses in a day."""

    class Motif(models.TextChoices):
        PROCEDURE = "procedure", "Enquête ou procès en cours"
        CONTESTATION = "contestation", "Plainte, recours ou nullité"
        RESPONSABILITE = "responsabilite", "Responsabilité de l’établissement recherchée"
        DROITS = "droits", "Demande d’accès ou de rectification en cours"

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="mises_en_attente")
    motif = models.CharField(max_length=15, choices=Motif.choices)
    posee_le = models.DateTimeField(auto_now_add=True)
    posee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmee_le = models.DateTimeField(null=True)
    confirmee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    revoir_avant = models.DateField("à revoir avant")
    revue_le = models.DateTimeField(null=True)
    revue_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    levee_le = models.DateTimeField(null=True)
    levee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-posee_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(levee_le=None, confirmee_le__isnull=False),
                name="mise_en_attente_unique",
                violation_error_message="Ce dossier est déjà en attente légale.",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{verbe}_le": None, f"{verbe}_par": None})
                    | Q(**{f"{verbe}_le__isnull": False, f"{verbe}_par__isnull": False}),
                    name=f"mise_en_attente_{verbe}_appariee",
                    violation_error_message="La date et l’auteur vont ensemble.",
                )
                for verbe in ("confirmee", "revue", "levee")
            ),
            models.CheckConstraint(
                condition=Q(confirmee_par=None) | ~Q(confirmee_par=F("posee_par")),
                name="mise_en_attente_deux_personnes",
                violation_error_message="Une autre personne que le demandeur confirme la mise en attente.",
            ),
        ]

    def __str__(self) -> str:
        return f"attente légale {self.cle}"


class DecisionConservation(models.Model):
    """What an act under four eyes would do: its `cle` is the object of the request. Codes and dates only."""

    class Acte(models.TextChoices):
        GELER = "geler", "Mettre en attente légale"
        LEVER = "lever", "Lever l’attente légale"
        PROLONGER = "prolonger", "Prolonger la conservation"
        DETRUIRE = "detruire", "Détruire le dossier"
        REGLER = "regler", "Changer une durée"
        EXTRAIRE = "extraire", "Extraire les données d’une personne"

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    acte = models.CharField(max_length=10, choices=Acte.choices)
    suivi = models.ForeignKey(Conservation, on_delete=models.CASCADE, null=True, related_name="decisions")
    regle = models.ForeignKey(RegleConservation, on_delete=models.CASCADE, null=True, related_name="decisions")
    contenu = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.get_acte_display()
