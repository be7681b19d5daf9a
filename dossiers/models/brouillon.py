"""A page being written: sealed, its owner's only, autosaved, kept thirty days."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from documents.chiffrement import JsonChiffre
from dossiers.models.dossier import Dossier

DUREE = timedelta(days=30)


def expiration() -> datetime:
    return timezone.now() + DUREE


class Brouillon(models.Model):
    """`donnees` maps a page's name to the raw values typed there; validated pages leave it for the letter."""

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proprietaire = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="brouillons")
    genre = models.CharField(max_length=60)
    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, null=True, related_name="brouillon")
    donnees = JsonChiffre(default=dict)
    # The window that last kept each page: `dossiers/fenetres.py`.
    plumes = models.JSONField(default=dict, editable=False)
    cree_le = models.DateTimeField(auto_now_add=True)
    modifie_le = models.DateTimeField(auto_now=True)
    expire_le = models.DateTimeField(default=expiration)

    class Meta:
        ordering: ClassVar = ["-modifie_le", "-pk"]
        indexes = [models.Index(fields=["proprietaire", "-modifie_le"])]

    def __str__(self) -> str:
        return f"brouillon {self.cle}"
