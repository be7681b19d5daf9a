"""Files in and documents out. Knows no case: an object is named by its opaque key."""

import uuid
from typing import ClassVar

from django.db import models


class Fichier(models.Model):
    """A stored file: sealed bytes under an opaque name, one wrapped key each. Served only when *prêt*."""

    class Etat(models.TextChoices):
        EN_ATTENTE = "en_attente", "En attente de contrôle"
        PRET = "pret", "Prêt"
        REFUSE = "refuse", "Refusé"
        EFFACE = "efface", "Effacé"

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    extension = models.CharField(max_length=8)
    type_mime = models.CharField(max_length=80)
    taille = models.PositiveBigIntegerField()
    empreinte = models.CharField("empreinte SHA-256", max_length=64)
    cle_emballee = models.BinaryField()
    etat_fichier = models.CharField(max_length=12, choices=Etat.choices, default=Etat.EN_ATTENTE)
    cree_le = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.cle}.{self.extension}"


class Document(models.Model):
    """A produced PDF: a reference, the hash of its canonical content, and a public status behind its QR code."""

    class Statut(models.TextChoices):
        EN_VIGUEUR = "en_vigueur", "En vigueur"
        REMPLACE = "remplace", "Remplacé"
        RETIRE = "retire", "Retiré"

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    genre = models.SlugField(max_length=40)
    intitule = models.CharField(max_length=160)
    reference = models.CharField(max_length=60)
    objet_cle = models.UUIDField(db_index=True)
    empreinte = models.CharField("empreinte du contenu", max_length=64)
    fichier = models.ForeignKey(Fichier, on_delete=models.PROTECT, related_name="+")
    statut = models.CharField(max_length=12, choices=Statut.choices, default=Statut.EN_VIGUEUR)
    statut_le = models.DateTimeField(auto_now_add=True)
    produit_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-produit_le", "-pk"]

    def __str__(self) -> str:
        return f"{self.reference} · {self.intitule}"
