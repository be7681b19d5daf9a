"""A view of a list that a person kept: its filters under a name of one's own."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from documents.chiffrement import ChampChiffre


class VueGardee(models.Model):
    """`liste` names the page, `filtres` its parameters. The name is free text: sealed, read by its owner only."""

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proprietaire = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    liste = models.CharField(max_length=30)
    nom = ChampChiffre()
    filtres = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes = [models.Index(fields=["proprietaire", "liste"])]

    def __str__(self) -> str:
        return f"vue {self.cle}"
