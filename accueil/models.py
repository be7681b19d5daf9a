"""What the home floor keeps: the crisis packs. Nothing about a case."""

import uuid
from typing import ClassVar

from django.db import models

from convention.models import Institution
from documents.models import Fichier


class PackSecours(models.Model):
    """One night's ZIP for one institution, sealed in the vault. `contenu` lists its files as the page shows them."""

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    fichier = models.OneToOneField(Fichier, on_delete=models.PROTECT, related_name="+")
    contenu = models.JSONField(default=list)
    produit_le = models.DateTimeField(db_index=True)

    class Meta:
        ordering: ClassVar = ["-produit_le", "-pk"]

    def __str__(self) -> str:
        return f"pack de secours du {self.produit_le:%d/%m/%Y}"
