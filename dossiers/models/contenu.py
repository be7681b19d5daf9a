"""What is inside the envelope: the letter's common part, identities, pieces and messages."""

import uuid
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from simple_history.models import HistoricalRecords

from convention.models import Service
from documents.chiffrement import ChampChiffre, DateChiffree, index_aveugle, indices_approches
from documents.models import Document, Fichier
from dossiers.classes import Classe
from dossiers.models.dossier import Dossier


class Lettre(models.Model):
    """Abstract content of a case: one per envelope, frozen with its hash when it leaves the hospital.

    A concrete letter declares `CLASSES`, the class of every field of its own (tested).
    """

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, primary_key=True, related_name="%(class)s")
    fige_le = models.DateTimeField(null=True, blank=True)
    empreinte = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(fige_le__isnull=True, empreinte="")
                | (models.Q(fige_le__isnull=False) & ~models.Q(empreinte="")),
                name="%(class)s_fige_apparie",
                violation_error_message="Un contenu figé porte son empreinte.",
            )
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="fige",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__fige_le__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"contenu de {self.pk}"


class Personne(models.Model):
    """An identity, kept apart from the facts; belongs to one case only, so that cases never link by a row."""

    class Role(models.TextChoices):
        CONCERNEE = "concernee", "Personne concernée"
        ENFANT = "enfant", "Enfant"
        DESIGNEE = "designee", "Auteur désigné"

    class Sexe(models.TextChoices):
        FEMME = "F", "Femme"
        HOMME = "H", "Homme"
        INCONNU = "", "Non renseigné"

    CLASSES: ClassVar = {
        "nom": Classe.IDENTITE,
        "prenoms": Classe.IDENTITE,
        "naissance": Classe.IDENTITE,
        "age": Classe.IDENTITE,
        "sexe": Classe.IDENTITE,
        "index_nom": Classe.TECHNIQUE,
        "indices_nom": Classe.TECHNIQUE,
        "role": Classe.ADMINISTRATIF,
    }

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="personnes")
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.CONCERNEE)
    nom = ChampChiffre(blank=True)
    prenoms = ChampChiffre(blank=True)
    naissance = DateChiffree(null=True, blank=True)
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    sexe = models.CharField(max_length=1, choices=Sexe.choices, blank=True)
    index_nom = models.CharField(max_length=32, blank=True, db_index=True)
    indices_nom = ArrayField(models.CharField(max_length=32), default=list, blank=True)
    history = HistoricalRecords(excluded_fields=["indices_nom"])

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [GinIndex(fields=["indices_nom"], name="personne_indices_nom")]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="identite_figee",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=(
                    "IF EXISTS (SELECT FROM dossiers_dossier WHERE id = OLD.dossier_id AND reference IS NOT NULL) THEN"
                    " RAISE EXCEPTION 'dossier scelle : une identite transmise ne change plus'; END IF; RETURN NEW;"
                ),
            )
        ]

    def __str__(self) -> str:
        return self.masquee

    def save(self, *args: object, **kwargs: object) -> None:
        self.indexer()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def indexer(self) -> "Personne":
        """What `save` does of itself, for rows that are created in bulk."""
        self.index_nom, self.indices_nom = index_aveugle(self.nom or ""), indices_approches(self.nom or "")
        return self

    @property
    def masquee(self) -> str:
        """Initials and age: what is shown until the identity is revealed with a reason."""
        initiales = " ".join(f"{mot[0].upper()}." for mot in (self.prenoms or "", self.nom or "") if mot)
        civilite = {"F": "Mme", "H": "M."}.get(self.sexe, "")
        nom = " ".join(mot for mot in (civilite, initiales) if mot) or "Identité non connue"
        return f"{nom}, {self.age} ans" if self.age is not None else nom

    @property
    def complete(self) -> str:
        return " ".join(mot for mot in (self.prenoms, self.nom) if mot) or "Identité non connue"


class Piece(models.Model):
    """A file or a produced document attached to a case, readable by the parties it is `remise_a`."""

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="pieces")
    intitule = models.CharField(max_length=120)
    classe = models.CharField(max_length=15, choices=Classe.choices)
    fichier = models.ForeignKey(Fichier, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    deposee_le = models.DateTimeField(auto_now_add=True)
    deposee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    remise_a = models.ManyToManyField(Service, blank=True, related_name="pieces_recues")
    history = HistoricalRecords(m2m_fields=[remise_a])

    class Meta:
        ordering: ClassVar = ["deposee_le", "pk"]

    def __str__(self) -> str:
        return self.intitule


class Message(models.Model):
    """A written exchange between two parties of a case; others of the case do not read it."""

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="messages")
    auteur = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    vers_service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    objet = models.CharField(max_length=60)
    texte = ChampChiffre()
    envoye_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["envoye_le", "pk"]

    def __str__(self) -> str:
        return self.objet
