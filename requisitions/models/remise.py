"""What is handed over: a sealed bundle, its inventory of hashes, and the receipt of whoever took it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords

from documents.models import Document, Fichier
from dossiers.models import Dossier, Piece


class Remise(models.Model):
    """One making available. `manifeste` lists {rang, intitule, fichier, taille, empreinte} of each piece."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="remises")
    numero = models.PositiveSmallIntegerField(default=1)
    manifeste = models.JSONField(default=list)
    pieces = models.ManyToManyField(Piece, related_name="remises")
    fichier = models.ForeignKey(Fichier, on_delete=models.PROTECT, null=True, related_name="+")
    bordereau = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    prete_le = models.DateTimeField(auto_now_add=True)
    prete_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expiration = models.DateTimeField()
    recue_le = models.DateTimeField(null=True, blank=True)
    recue_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    recepisse = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    ouverte_le = models.DateTimeField("première ouverture du pli", null=True, blank=True)
    ouverte_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    revoquee_le = models.DateTimeField(null=True, blank=True)
    revoquee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revocation_motif = models.CharField("motif lu par le requérant", max_length=300, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["-numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "numero"], name="remise_numero_unique", violation_error_message="Numéro déjà donné."
            ),
            models.CheckConstraint(
                condition=models.Q(recue_le__isnull=True, recue_par__isnull=True)
                | models.Q(recue_le__isnull=False, recue_par__isnull=False),
                name="remise_recue_appariee",
                violation_error_message="La date et l’auteur du récépissé vont ensemble.",
            ),
            models.CheckConstraint(
                condition=models.Q(revoquee_le=None, revoquee_par=None, revocation_motif="")
                | models.Q(revoquee_le__isnull=False, revoquee_par__isnull=False, ouverte_le=None)
                & ~models.Q(revocation_motif=""),
                name="remise_revoquee_avant_ouverture",
                violation_error_message="Une réponse se retire avec son motif, avant sa première ouverture.",
            ),
        ]

    def __str__(self) -> str:
        return f"remise n°\u00a0{self.numero}"

    @property
    def expiree(self) -> bool:
        return self.expiration <= timezone.now()
