"""What cannot be denied: an append-only, hash-chained trail of acts and of readings. No foreign key."""

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
