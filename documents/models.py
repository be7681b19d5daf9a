"""Files in and documents out. Knows no case: an object is named by its opaque key."""

import uuid
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models

from documents.chiffrement import ChampChiffre


class Fichier(models.Model):
    """A stored file: sealed bytes under an opaque name. Served only when *prêt*.

    `taille` and `empreinte` are those of what is served. A photo or a PDF that came in also keeps its original,
    sealed beside and never served: `taille_origine` and `empreinte_origine` are what its sender can compare.
    """

    class Etat(models.TextChoices):
        EN_ATTENTE = "en_attente", "En attente de contrôle"
        PRET = "pret", "Prêt"
        REFUSE = "refuse", "Refusé"
        EFFACE = "efface", "Effacé"

    class Analyse(models.TextChoices):
        NON_ANALYSE = "non_analyse", "Non analysé"
        SAIN = "sain", "Sain"
        INFECTE = "infecte", "Infecté"
        ABSENT = "absent", "Sans antivirus"
        SANS_OBJET = "sans_objet", "Produit par l’outil"

    MENTIONS: ClassVar = {
        Etat.EN_ATTENTE: "En cours de contrôle.",
        Etat.REFUSE: "Refusé\u00a0: ce fichier contient un programme dangereux.",
        Etat.EFFACE: "Effacé.",
    }

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # What it belongs to, as its key was wrapped for it: a case, else the object it was made for, else nothing yet.
    attache = models.UUIDField(null=True, editable=False)
    extension = models.CharField(max_length=8)
    type_mime = models.CharField(max_length=80)
    taille = models.PositiveBigIntegerField()
    empreinte = models.CharField("empreinte SHA-256", max_length=64)
    taille_origine = models.PositiveBigIntegerField(default=0)
    empreinte_origine = models.CharField("empreinte SHA-256 de l’original", max_length=64, blank=True)
    etat_fichier = models.CharField(max_length=12, choices=Etat.choices, default=Etat.EN_ATTENTE)
    analyse = models.CharField(max_length=12, choices=Analyse.choices, default=Analyse.NON_ANALYSE)
    cree_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(etat_fichier="pret", analyse__in=["non_analyse", "infecte"]),
                name="fichier_pret_controle",
                violation_error_message="Un fichier n’est prêt qu’une fois contrôlé.",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["cree_le"],
                condition=models.Q(etat_fichier__in=["en_attente", "refuse"]),
                name="fichier_a_suivre",
            )
        ]

    def __str__(self) -> str:
        return f"{self.cle}.{self.extension}"

    @property
    def servi(self) -> bool:
        return self.etat_fichier == self.Etat.PRET

    @property
    def perdu(self) -> bool:
        """Refused by the antivirus or erased: nobody will ever open it."""
        return self.etat_fichier in {self.Etat.REFUSE, self.Etat.EFFACE}

    @property
    def mention(self) -> str:
        """What a reader must know before opening, or instead of it; empty for an ordinary file."""
        if self.servi:
            absent = self.analyse == self.Analyse.ABSENT
            return "Non contrôlé par un antivirus (démonstration)." if absent else ""
        return str(self.MENTIONS[self.Etat(self.etat_fichier)])

    @property
    def empreinte_deposee(self) -> str:
        """The hash that the sender can compute on the file they sent."""
        return self.empreinte_origine or self.empreinte


class CleFichier(models.Model):
    """The wrapped key of one file, in a table of its own: backups of keys may be short-lived. No row, no file."""

    fichier = models.OneToOneField(Fichier, on_delete=models.CASCADE, primary_key=True, related_name="cle_fichier")
    kid = models.CharField("clé maîtresse", max_length=20, db_index=True)
    emballee = models.BinaryField()

    def __str__(self) -> str:
        return f"clé de {self.fichier_id} sous {self.kid}"


class Envoi(models.Model):
    """A large file on its way in, chunk by chunk, each sealed on arrival under a key that dies with this row.

    `contexte` is what it is sent for, named by the floor above; only `titulaire` may go on with it.
    """

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    titulaire = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    contexte = models.CharField(max_length=80)
    nom = ChampChiffre("nom du fichier")
    taille = models.PositiveBigIntegerField("taille annoncée")
    recus = models.PositiveBigIntegerField("octets reçus", default=0)
    kid = models.CharField("clé maîtresse", max_length=20, db_index=True)
    emballee = models.BinaryField()
    cree_le = models.DateTimeField(auto_now_add=True)
    vu_le = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        ordering: ClassVar = ["-cree_le", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(recus__lte=models.F("taille")),
                name="envoi_pas_plus_que_la_taille",
                violation_error_message="Plus d’octets ont été reçus que le fichier n’en compte.",
            )
        ]

    def __str__(self) -> str:
        return f"envoi {self.cle}"

    @property
    def lien(self) -> str:
        """What its key is wrapped for."""
        return f"documents.envoi|{self.cle}"


class Effacement(models.Model):
    """The register of erased files: applied again on a restored backup. Lines are only added."""

    fichier_cle = models.UUIDField(unique=True)
    motif = models.CharField(max_length=80, blank=True)
    le = models.DateTimeField(auto_now_add=True)

    class Meta:
        triggers: ClassVar = [
            pgtrigger.Protect(name="ajout_seul", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"effacement de {self.fichier_cle}"


class Document(models.Model):
    """A produced PDF: a reference, the hash of its canonical content, and a public status behind its QR code."""

    class Statut(models.TextChoices):
        EN_VIGUEUR = "en_vigueur", "En vigueur"
        REMPLACE = "remplace", "Remplacé"
        ABROGE = "abroge", "Abrogé"
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
