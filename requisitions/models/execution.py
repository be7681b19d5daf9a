"""What is done inside the hospital: the doctor's agreement, the sorting of pieces, the preservation order."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords

from convention.models import Service
from documents.chiffrement import ChampChiffre, JsonChiffre
from dossiers.models import Dossier, Piece
from requisitions.ins import ComparaisonIns


class AccordMedecin(models.Model):
    """The named, dated answer of the doctor; a later one replaces it. `commentaire` never leaves the carers.

    A silence is recorded by legal affairs: `donne_par` is then whoever recorded it.
    """

    class Choix(models.TextChoices):
        TOTAL = "total", "J’accepte la remise de toutes les pièces demandées"
        PARTIEL = "partiel", "J’accepte la remise d’une partie des pièces"
        REFUSE = "refuse", "Je refuse la remise"
        SILENCE = "sans_reponse", "Le médecin n’a pas répondu"

    class Motif(models.TextChoices):
        SECRET = "secret", "Le secret protège ces informations"
        TIERS = "tiers", "Les pièces concernent un tiers"
        PERIMETRE = "perimetre", "La demande dépasse ce qui est utile"
        RECUSATION = "recusation", "Je soigne cette personne ou j’ai un intérêt personnel"
        IDENTITE = "identite", "L’identité du patient est incertaine"

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="accords")
    choix = models.CharField(max_length=12, choices=Choix.choices)
    motif = models.CharField(max_length=12, choices=Motif.choices, blank=True)
    commentaire = ChampChiffre(blank=True)
    identite_verifiee = models.BooleanField(default=False)
    ins = models.CharField("comparaison de l’INS", max_length=12, choices=ComparaisonIns.choices, blank=True)
    donne_le = models.DateTimeField(auto_now_add=True)
    donne_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords(excluded_fields=["cle"])

    class Meta:
        ordering: ClassVar = ["-donne_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(choix__in=["total", "sans_reponse"]) | ~models.Q(motif=""),
                name="accord_motive",
                violation_error_message="Un refus ou un accord partiel porte son motif.",
            ),
            models.CheckConstraint(
                condition=models.Q(choix__in=["refuse", "sans_reponse"]) | ~models.Q(ins="discordante"),
                name="accord_identite_concordante",
                violation_error_message="Rien n’est remis quand l’INS ou les traits sont discordants.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_choix_display()


class Tri(models.Model):
    """What the doctor decides of one medical piece; a masked piece is replaced by the copy `occultee`.

    `consigne` is what the copy hides, {mots, zones}: it is read again in the copy before it leaves.
    """

    class Decision(models.TextChoices):
        REMETTRE = "remettre", "Remettre"
        ECARTER = "ecarter", "Écarter"
        OCCULTER = "occulter", "Occulter"

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    piece = models.OneToOneField(Piece, on_delete=models.CASCADE, related_name="tri")
    decision = models.CharField(max_length=10, choices=Decision.choices)
    occultee = models.OneToOneField(Piece, on_delete=models.PROTECT, null=True, related_name="tri_origine")
    consigne = JsonChiffre("ce que la copie cache", default=dict)
    relue_le = models.DateTimeField(auto_now=True)
    relue_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords(excluded_fields=["cle"])

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(decision="occulter") | models.Q(occultee__isnull=False),
                name="tri_occulte_remplace",
                violation_error_message="Une pièce occultée est remplacée par sa copie masquée.",
            )
        ]

    def __str__(self) -> str:
        return self.get_decision_display()


class Gel(models.Model):
    """A preservation order, born with the deposit even when the requisition is irregular. It is not a delivery."""

    class Objet(models.TextChoices):
        VIDEO = "VIDEO", "Images de vidéoprotection"
        TUBES = "TUBES", "Prélèvements biologiques"
        LOGS = "LOGS", "Traces informatiques"
        EFFETS = "EFFETS", "Vêtements et objets"

    class Perte(models.TextChoices):
        AVANT = "avant", "Éléments déjà effacés ou détruits à la réception"
        APRES = "apres", "Éléments effacés ou détruits après la réception, avant d’être mis à l’abri"
        SUPPORT = "support", "Copie ou objet conservé devenu inutilisable"

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, related_name="gel")
    objet = models.CharField(max_length=10, choices=Objet.choices)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    ordonne_le = models.DateTimeField(default=timezone.now)
    ordonne_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmer_avant = models.DateTimeField()
    ecrasement = models.DateTimeField(null=True, blank=True)
    confirme_le = models.DateTimeField(null=True, blank=True)
    confirme_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    support = models.CharField("où la copie est gardée", max_length=160, blank=True)
    cameras = models.CharField("caméras copiées", max_length=160, blank=True)
    empreinte = models.CharField("empreinte relevée", max_length=64, blank=True)
    perte = models.CharField("pourquoi il n’y a plus rien", max_length=8, choices=Perte.choices, blank=True)
    perdu_le = models.DateTimeField(null=True, blank=True)
    perdu_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirme_le__isnull=True, confirme_par__isnull=True)
                | models.Q(confirme_le__isnull=False, confirme_par__isnull=False),
                name="gel_confirme_apparie",
                violation_error_message="La date et l’auteur de la confirmation vont ensemble.",
            ),
            models.CheckConstraint(
                condition=models.Q(perte="", perdu_le__isnull=True, perdu_par__isnull=True)
                | (~models.Q(perte="") & models.Q(perdu_le__isnull=False, perdu_par__isnull=False)),
                name="gel_perdu_apparie",
                violation_error_message="Une perte porte sa cause, sa date et son auteur.",
            ),
        ]

    def __str__(self) -> str:
        return f"gel de {self.get_objet_display().lower()}"

    @property
    def perdu(self) -> bool:
        return bool(self.perte)
