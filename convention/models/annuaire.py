"""How a service is reached: its numbers, who is on duty and when, and what is proposed or imported to change them."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from convention.models.institution import Service
from documents.chiffrement import JsonChiffre

RANG_MAXIMUM = 3
DOUBLE = "Deux personnes sur le même créneau."
DEJA_DE_GARDE = "Cette personne est déjà de permanence à ce moment."


class Creneau(Func):
    """The half-open time range of a slot: one may begin at the instant when another ends."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class Contact(models.Model):
    """A way to reach a service; never hard-coded anywhere else. Unverified for 90 days, or out of date, it is flagged.

    `valable_jusqu_au`: its last day, when it is known to end (works, a move, a temporary line).
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="contacts")
    libelle = models.CharField("intitulé", max_length=80)
    telephone = models.CharField("téléphone", max_length=20, blank=True)
    courriel = models.EmailField(blank=True)
    horaires = models.CharField(max_length=80, blank=True)
    verifie_le = models.DateField("vérifié le")
    verifie_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    valable_jusqu_au = models.DateField("valable jusqu’au", null=True, blank=True)
    ordre = models.PositiveSmallIntegerField(default=0)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["service_id", "ordre", "pk"]

    def __str__(self) -> str:
        return f"{self.libelle} : {self.telephone}"

    @property
    def expire(self) -> bool:
        """Its last day is over."""
        return self.valable_jusqu_au is not None and self.valable_jusqu_au < timezone.localdate()


class Permanence(models.Model):
    """Who is on duty for a service, and when. The on-call role lives only inside such a slot.

    `rang` 1 is called first, 2 when the first does not answer. The database refuses two slots of one rank at once.
    """

    class Rang(models.IntegerChoices):
        PREMIER = 1, "Premier appel"
        DEUXIEME = 2, "Deuxième appel"
        TROISIEME = 3, "Troisième appel"

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="permanences")
    titulaire = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="permanences")
    rang = models.PositiveSmallIntegerField("ordre d’appel", choices=Rang.choices, default=Rang.PREMIER)
    debut = models.DateTimeField("début")
    fin = models.DateTimeField()
    telephone = models.CharField("téléphone", max_length=20, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["debut", "rang", "pk"]
        indexes = [models.Index(fields=["service", "fin"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(fin__gt=F("debut")),
                name="permanence_dates",
                violation_error_message="La permanence doit finir après son début.",
            ),
            models.CheckConstraint(
                condition=Q(rang__gte=1, rang__lte=RANG_MAXIMUM),
                name="permanence_rang",
                violation_error_message="L’ordre d’appel va de 1 à 3.",
            ),
            ExclusionConstraint(
                name="permanence_un_par_rang",
                expressions=[
                    ("service", RangeOperators.EQUAL),
                    ("rang", RangeOperators.EQUAL),
                    (Creneau("debut", "fin", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                violation_error_message=DOUBLE,
            ),
            ExclusionConstraint(
                name="permanence_une_fois",
                expressions=[
                    ("service", RangeOperators.EQUAL),
                    ("titulaire", RangeOperators.EQUAL),
                    (Creneau("debut", "fin", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                violation_error_message=DEJA_DE_GARDE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} du {self.debut:%d/%m %H:%M} au {self.fin:%d/%m %H:%M}"


class CorrectionAnnuaire(models.Model):
    """A change of one value that somebody proposes; `contact` is empty for a number that does not exist yet."""

    class Etat(models.TextChoices):
        PROPOSEE = "PROPOSEE", "Proposée"
        ACCEPTEE = "ACCEPTEE", "Acceptée"
        REFUSEE = "REFUSEE", "Refusée"

    class Champ(models.TextChoices):
        TELEPHONE = "telephone", "Téléphone"
        COURRIEL = "courriel", "Courriel"
        HORAIRES = "horaires", "Horaires"
        LIBELLE = "libelle", "Intitulé"

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="corrections")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, null=True, related_name="corrections")
    champ = models.CharField(max_length=10, choices=Champ.choices)
    ancienne = models.CharField(max_length=254, blank=True)
    nouvelle = models.CharField(max_length=254)
    precision = models.CharField("comment le savez-vous", max_length=200, blank=True)
    etat = models.CharField(max_length=10, choices=Etat.choices)
    proposee_le = models.DateTimeField(auto_now_add=True)
    proposee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    traitee_le = models.DateTimeField(null=True)
    traitee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reponse = models.CharField("motif du refus", max_length=300, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["-proposee_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "contact", "champ"],
                condition=Q(etat="PROPOSEE"),
                nulls_distinct=False,
                name="correction_une_a_la_fois",
                violation_error_message="Une correction attend déjà une réponse pour cette ligne.",
            ),
            models.CheckConstraint(
                condition=Q(etat="PROPOSEE", traitee_le=None, traitee_par=None)
                | (~Q(etat="PROPOSEE") & Q(traitee_le__isnull=False, traitee_par__isnull=False)),
                name="correction_traitee_apparie",
                violation_error_message="La réponse, sa date et son auteur vont ensemble.",
            ),
            models.CheckConstraint(
                condition=~Q(etat="REFUSEE") | ~Q(reponse=""),
                name="correction_refus_motive",
                violation_error_message="Un refus doit être motivé.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_champ_display()} : {self.nouvelle}"


class ImportAnnuaire(models.Model):
    """A spreadsheet read and waiting for its owner's word: sealed, one hour, emptied once applied."""

    class Genre(models.TextChoices):
        CONTACTS = "contacts", "Numéros des services"
        PERMANENCES = "permanences", "Tableaux de permanence"

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    genre = models.CharField(max_length=12, choices=Genre.choices)
    lignes = JsonChiffre(default=list)
    lu_le = models.DateTimeField(auto_now_add=True)
    lu_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    applique_le = models.DateTimeField(null=True)
    applique_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    changements = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-lu_le", "-pk"]
        indexes = [models.Index(fields=["lu_le"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(applique_le=None, applique_par=None)
                | Q(applique_le__isnull=False, applique_par__isnull=False),
                name="import_applique_apparie",
                violation_error_message="L’application, sa date et son auteur vont ensemble.",
            )
        ]

    def __str__(self) -> str:
        return f"import {self.genre} {self.cle}"
