"""What is handed over: a sealed bundle, its inventory of hashes, and the receipt of whoever took it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords

from documents.models import Document, Fichier
from dossiers.models import Dossier, Piece


class Remise(models.Model):
    """One making available, here or under a closed envelope that somebody comes for.

    `manifeste` lists {rang, intitule, fichier, taille, pages, empreinte} of each piece; `fichier` is the bundle to
    download. `controle`: the ranks where the name was read again {lu, absent, illisible}. `confiee_le`: the envelope
    handed to `porteur`, whose identity was checked.
    """

    class Support(models.TextChoices):
        PLATEFORME = "plateforme", "Pli numérique, retiré dans Trait d’union"
        PLI_FERME = "pli_ferme", "Pli fermé, remis en main propre"
        SCELLE_FERME = "scelle_ferme", "Scellé fermé, remis en main propre"
        SCELLE_OUVERT = "scelle_ouvert", "Scellé ouvert, remis en main propre"
        CLE = "cle", "Support chiffré, remis en main propre"

    class Identite(models.TextChoices):
        CARTE = "carte", "Carte professionnelle"
        RIO = "rio", "Numéro RIO ou NIGEND vérifié à l’annuaire"
        PIECE = "piece", "Pièce d’identité et ordre de mission"

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="remises")
    numero = models.PositiveSmallIntegerField(default=1)
    manifeste = models.JSONField(default=list)
    pieces = models.ManyToManyField(Piece, related_name="remises")
    support = models.CharField(max_length=15, choices=Support.choices, default=Support.PLATEFORME)
    scelle = models.CharField("numéro du scellé", max_length=60, blank=True)
    fichier = models.ForeignKey(Fichier, on_delete=models.PROTECT, null=True, related_name="+")
    bordereau = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    controle = models.JSONField("contrôle de sortie", default=dict)
    prete_le = models.DateTimeField(auto_now_add=True)
    prete_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expiration = models.DateTimeField()
    recepisse = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    ouverte_le = models.DateTimeField("première ouverture du pli", null=True, blank=True)
    ouverte_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confiee_le = models.DateTimeField("remise en main propre le", null=True, blank=True)
    confiee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    porteur = models.CharField("nom et qualité de qui reçoit", max_length=160, blank=True)
    identite = models.CharField("identité vérifiée par", max_length=10, choices=Identite.choices, blank=True)
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
                condition=models.Q(ouverte_le=None, ouverte_par=None)
                | models.Q(ouverte_le__isnull=False, ouverte_par__isnull=False, support="plateforme"),
                name="remise_ouverte_appariee",
                violation_error_message="L’ouverture d’un pli numérique dit par qui et quand.",
            ),
            models.CheckConstraint(
                condition=~models.Q(support__in=["scelle_ferme", "scelle_ouvert"]) | ~models.Q(scelle=""),
                name="remise_scelle_numerote",
                violation_error_message="Un scellé porte son numéro.",
            ),
            models.CheckConstraint(
                condition=models.Q(confiee_le=None, confiee_par=None)
                | models.Q(confiee_le__isnull=False, confiee_par__isnull=False, revoquee_le=None)
                & ~models.Q(porteur="")
                & ~models.Q(identite="")
                & ~models.Q(support="plateforme"),
                name="remise_confiee_identifiee",
                violation_error_message="Une remise en main propre dit qui reçoit, et sous quelle identité.",
            ),
            models.CheckConstraint(
                condition=models.Q(revoquee_le=None, revoquee_par=None)
                | models.Q(revoquee_le__isnull=False, revoquee_par__isnull=False, ouverte_le=None)
                & ~models.Q(revocation_motif=""),
                name="remise_revoquee_avant_ouverture",
                violation_error_message="Une réponse se reprend avec son motif, avant sa première ouverture.",
            ),
        ]

    @property
    def en_main(self) -> bool:
        return self.support != self.Support.PLATEFORME

    def __str__(self) -> str:
        return f"remise n°\u00a0{self.numero}"

    @property
    def expiree(self) -> bool:
        return self.expiration <= timezone.now()
