"""What cannot be denied: an append-only, hash-chained trail of acts and of readings. No foreign key."""

import uuid
from typing import ClassVar

from django.db import models


class Entree(models.Model):
    """One act or one reading. Written by the SQL function `journal_ajouter` only; nothing nominative inside.

    `contenu` is the canonical JSON that was hashed; the other columns are copies of it, for filters.
    """

    chaine = models.CharField(max_length=20)
    numero = models.BigIntegerField()
    le = models.DateTimeField()
    contenu = models.TextField()
    acteur = models.UUIDField(null=True)
    action = models.CharField(max_length=60)
    objet = models.CharField(max_length=80)
    cle = models.UUIDField(null=True)
    resultat = models.CharField(max_length=20)
    empreinte_precedente = models.CharField(max_length=64)
    empreinte = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["-le", "-pk"]
        constraints = [models.UniqueConstraint(fields=["chaine", "numero"], name="journal_numero_unique")]
        indexes = [
            models.Index(fields=["-le", "-id"], name="journal_recents"),
            models.Index(fields=["cle", "-le"], name="journal_par_objet"),
            models.Index(fields=["acteur", "-le"], name="journal_par_acteur"),
        ]

    def __str__(self) -> str:
        return f"{self.chaine} n° {self.numero}"


class Tete(models.Model):
    """The last link of each chain; its row lock orders the appends."""

    chaine = models.CharField(max_length=20, primary_key=True)
    numero = models.BigIntegerField()
    empreinte = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.chaine


class Origine(models.Model):
    """Where a chain starts again after a purge: the last link of the years taken away. Owner-only, never changed."""

    chaine = models.CharField(max_length=20)
    numero = models.BigIntegerField()
    empreinte = models.CharField(max_length=64)
    annee = models.PositiveSmallIntegerField()
    entrees = models.BigIntegerField()
    le = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chaine", "numero"], name="journal_origine_unique")]

    def __str__(self) -> str:
        return f"{self.chaine} jusqu’à {self.annee}"


class Ancre(models.Model):
    """A witness of the heads at one moment. Written by SQL functions only; never changed.

    One `tete` row a chain and a `releve`; then, of the same `releve`, the time-stamp (`jeton`, over `racine`) and one
    row per institution (`envoye_a`) to which the heads were mailed.
    """

    class Genre(models.TextChoices):
        TETE = "tete", "Tête de chaîne"
        HORODATAGE = "horodatage", "Horodatage"
        COURRIEL = "courriel", "Courriel"

    releve = models.UUIDField()
    genre = models.CharField(max_length=12, choices=Genre.choices)
    le = models.DateTimeField()
    chaine = models.CharField(max_length=20, blank=True)
    numero = models.BigIntegerField()
    empreinte = models.CharField(max_length=64)
    racine = models.CharField(max_length=64)
    jeton = models.BinaryField(null=True)
    envoye_a = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["releve", "genre", "chaine", "envoye_a"], name="journal_ancre_unique"),
            models.CheckConstraint(
                condition=models.Q(genre="horodatage", jeton__isnull=False)
                | (~models.Q(genre="horodatage") & models.Q(jeton=None)),
                name="journal_ancre_jeton",
                violation_error_message="Seul un horodatage porte un jeton.",
            ),
        ]
        indexes = [models.Index(fields=["chaine", "numero"], name="journal_ancre_chaine")]

    def __str__(self) -> str:
        return f"{self.genre} {self.chaine} n° {self.numero}"


class Verification(models.Model):
    """What a verification found. `ruptures`: [chaîne, numéro, raison] of the first bad row of each chain."""

    le = models.DateTimeField(auto_now_add=True)
    entrees = models.BigIntegerField()
    ancres = models.BigIntegerField()
    ruptures = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.entrees} entrées, {len(self.ruptures)} ruptures"


class Export(models.Model):
    """A long export being prepared by the worker. `fichier` is the key of a sealed file of `documents`."""

    class Statut(models.TextChoices):
        EN_ATTENTE = "en_attente", "En préparation"
        PRET = "pret", "Prêt"
        ECHEC = "echec", "Non abouti"

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    chaine = models.CharField(max_length=20)
    du = models.DateField()
    au = models.DateField()
    motif = models.SlugField(max_length=40)
    statut = models.CharField(max_length=12, choices=Statut.choices, default=Statut.EN_ATTENTE)
    fichier = models.UUIDField(null=True)
    demande_le = models.DateTimeField(auto_now_add=True)
    demande_par = models.UUIDField()

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.chaine} du {self.du} au {self.au}"
