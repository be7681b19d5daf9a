"""What a seizure takes, line by line: the pieces, the seals that hold them, the reservations, who signed the record.
Of objects handed over on requisition: the objects, their seals, and each hand that kept them.

Nothing is deleted: a line is struck out (`rayee_le`), and the number of a piece is never given again.
"""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from documents.chiffrement import ChampChiffre
from dossiers.classes import Classe
from dossiers.models import Dossier


def _rayure_signee(nom: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(rayee_le=None, rayee_par=None) | Q(rayee_le__isnull=False, rayee_par__isnull=False),
        name=f"{nom}_rayure_signee",
        violation_error_message="Une ligne rayée porte sa date et son auteur.",
    )


class Inventaire(models.Model):
    """What is said once of the whole. `impossible`: why the pieces could not be listed on the spot."""

    CLASSES: ClassVar = {"copie_conservee": Classe.ADMINISTRATIF, "impossible": Classe.ADMINISTRATIF}

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, related_name="inventaire")
    copie_conservee = models.BooleanField("une copie intégrale reste à l’hôpital", default=False)
    impossible = ChampChiffre("pourquoi l’inventaire n’a pas pu se faire sur place", blank=True)
    rempli_le = models.DateTimeField(auto_now=True)
    rempli_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    def __str__(self) -> str:
        return f"inventaire de {self.dossier_id}"


class Lignes(models.QuerySet):
    def vivantes(self) -> "Lignes":
        """Not struck out."""
        return self.filter(rayee_le=None)


class LigneDeSaisie(models.Model):
    """One line, in the order in which it was written. `cle` is how its page names it."""

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    rayee_le = models.DateTimeField(null=True, blank=True)
    rayee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    objects = Lignes.as_manager()

    class Meta:
        abstract = True


class Scelle(LigneDeSaisie):
    """Closed unless somebody says why it is not (R-18); provisional when the inventory waits."""

    class Genre(models.TextChoices):
        FERME = "ferme", "Fermé"
        OUVERT = "ouvert", "Ouvert"
        PROVISOIRE = "provisoire", "Provisoire"

    CLASSES: ClassVar = dict.fromkeys(("numero", "genre", "motif"), Classe.ADMINISTRATIF)

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="scelles")
    numero = models.CharField("numéro du scellé", max_length=60)
    genre = models.CharField("scellé", max_length=10, choices=Genre.choices, default=Genre.FERME)
    motif = ChampChiffre("pourquoi il n’est pas fermé", blank=True)
    history = HistoricalRecords(excluded_fields=["cle"])

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "numero"],
                condition=Q(rayee_le=None),
                name="scelle_numero_unique",
                violation_error_message="Deux scellés portent le même numéro.",
            ),
            models.CheckConstraint(
                condition=~Q(numero=""), name="scelle_numerote", violation_error_message="Un scellé porte son numéro."
            ),
            _rayure_signee("scelle"),
        ]

    def __str__(self) -> str:
        return f"scellé n°\u00a0{self.numero}"


class PieceSaisie(LigneDeSaisie):
    """One item that was examined: retained, in a seal, or set aside for a coded reason.

    An export (§4.3) is frozen: its fingerprint, the software it comes from, who answers for it.
    """

    class Support(models.TextChoices):
        COPIE = "copie", "Copie certifiée"
        ORIGINAL = "original", "Original"
        OBJET = "objet", "Objet"
        NUMERIQUE = "numerique", "Export numérique"

    class Sort(models.TextChoices):
        RETENUE = "retenue", "Retenue"
        EXCLUE = "exclue", "Écartée"

    class Exclusion(models.TextChoices):
        """§4, « pièges »: coded, so that no word tells what the piece set aside was."""

        MISSION = "mission", "Hors de la mission"
        TIERS = "tiers", "Pièce d’un tiers"
        HOMONYME = "homonyme", "Dossier d’un homonyme"
        NOTES = "notes", "Notes personnelles du soignant"
        MESSAGERIE = "messagerie", "Messagerie"

    CLASSES: ClassVar = dict.fromkeys(
        ("rang", "nature", "date", "auteur", "pages", "support", "sort", "motif", "scelle", "empreinte", "logiciels",
         "responsable"),
        Classe.ADMINISTRATIF,
    )  # fmt: skip

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="pieces_saisies")
    rang = models.PositiveSmallIntegerField("numéro")
    nature = ChampChiffre("nature")
    date = ChampChiffre("date de la pièce", blank=True)
    auteur = ChampChiffre("auteur", blank=True)
    pages = models.PositiveSmallIntegerField("pages", null=True, blank=True)
    support = models.CharField("original, copie, objet ou export", max_length=10, choices=Support.choices)
    empreinte = models.CharField("empreinte de l’export", max_length=64, blank=True)
    logiciels = models.CharField("logiciels d’où il vient", max_length=200, blank=True)
    responsable = ChampChiffre("qui répond de l’export", blank=True)
    sort = models.CharField("retenue ou écartée", max_length=10, choices=Sort.choices, default=Sort.RETENUE)
    motif = models.CharField("motif d’exclusion", max_length=12, choices=Exclusion.choices, blank=True)
    scelle = models.ForeignKey(Scelle, on_delete=models.PROTECT, null=True, blank=True, related_name="pieces")
    history = HistoricalRecords(excluded_fields=["cle"])

    class Meta:
        ordering: ClassVar = ["rang"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "rang"],
                name="piece_saisie_rang_unique",
                violation_error_message="Ce numéro de pièce est déjà donné.",
            ),
            models.CheckConstraint(
                condition=Q(sort="retenue", motif="") | Q(sort="exclue", scelle=None) & ~Q(motif=""),
                name="piece_saisie_exclusion_motivee",
                violation_error_message="Une pièce écartée porte son motif, et n’est dans aucun scellé.",
            ),
            models.CheckConstraint(
                condition=~Q(support="numerique") | ~Q(empreinte="") & ~Q(logiciels=""),
                name="piece_saisie_export_fige",
                violation_error_message="Un export numérique porte son empreinte et ses logiciels sources.",
            ),
            _rayure_signee("piece_saisie"),
        ]

    def __str__(self) -> str:
        return f"pièce n°\u00a0{self.rang}"

    @property
    def retenue(self) -> bool:
        return self.sort == self.Sort.RETENUE

    @property
    def a_restituer(self) -> bool:
        """What the hospital no longer has: a copy, an export leave the original here."""
        return self.retenue and self.support not in {self.Support.COPIE, self.Support.NUMERIQUE}


class Reserve(LigneDeSaisie):
    """What somebody did not agree to, and whether the official record says so."""

    class Auteur(models.TextChoices):
        ORDRE = "ordre", "Ordre des médecins"
        MEDECIN = "medecin", "Médecin"
        DIRECTION = "direction", "Direction"
        CME = "cme", "Commission médicale"
        JURIDIQUE = "juridique", "Affaires juridiques"

    CLASSES: ClassVar = dict.fromkeys(("auteur", "texte", "au_pv"), Classe.JUDICIAIRE)

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="reserves")
    auteur = models.CharField("auteur de la réserve", max_length=10, choices=Auteur.choices)
    texte = ChampChiffre("réserve")
    au_pv = models.BooleanField("portée au procès-verbal", default=False)
    history = HistoricalRecords(excluded_fields=["cle"])

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints = [_rayure_signee("reserve")]

    def __str__(self) -> str:
        return f"réserve de {self.dossier_id}"


class SignatureSaisie(LigneDeSaisie):
    """Who signed the official record, which the hospital does not keep."""

    class Qualite(models.TextChoices):
        AUTORITE = "autorite", "Officier ou magistrat"
        MEDECIN = "medecin", "Médecin"
        ORDRE = "ordre", "Représentant de l’Ordre"
        DIRECTION = "direction", "Direction"
        CME = "cme", "Commission médicale"

    CLASSES: ClassVar = dict.fromkeys(("qualite", "nom"), Classe.ADMINISTRATIF)

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="signatures")
    qualite = models.CharField("qualité", max_length=10, choices=Qualite.choices)
    nom = ChampChiffre("nom")
    history = HistoricalRecords(excluded_fields=["cle"])

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints = [_rayure_signee("signature_saisie")]

    def __str__(self) -> str:
        return f"signature de {self.dossier_id}"


class Passage(LigneDeSaisie):
    """One hand that keeps the objects, from `le` until the next one. `interruption`: why nobody kept them before it."""

    CLASSES: ClassVar = dict.fromkeys(("le", "nom", "lieu", "interruption"), Classe.ADMINISTRATIF)

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="passages")
    le = models.DateTimeField("reçus le")
    nom = ChampChiffre("qui les garde")
    lieu = ChampChiffre("où ils sont gardés")
    interruption = ChampChiffre("garde interrompue avant cette main", blank=True)
    history = HistoricalRecords(excluded_fields=["cle"])

    class Meta:
        ordering: ClassVar = ["le", "pk"]
        constraints = [_rayure_signee("passage")]

    def __str__(self) -> str:
        return f"passage de {self.dossier_id}"
