"""Who you are. Knows no partner: what a person may do comes from its rattachements (app convention)."""

import hashlib
import uuid
from datetime import timedelta
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac


class Comptes(BaseUserManager["User"]):
    def create_user(self, courriel: str, password: str | None = None, **champs: Any) -> "User":
        utilisateur = self.model(courriel=courriel.strip().lower(), **champs)
        utilisateur.set_password(password)
        utilisateur.save(using=self._db)
        return utilisateur

    def get_by_natural_key(self, courriel: str | None) -> "User":
        return self.get(courriel=(courriel or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person. `groups` is written by the Rattachement verb only; superusers are refused by the database.

    `epoque` is part of what a session proves: adding one to it ends every session of the person at once.
    """

    class Theme(models.TextChoices):
        SYSTEME = "", "Comme l’appareil"
        CLAIR = "clair", "Clair"
        SOMBRE = "sombre", "Sombre"

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    courriel = models.EmailField("adresse électronique", unique=True)
    civilite = models.CharField("civilité", max_length=10, blank=True)
    prenom = models.CharField("prénom", max_length=100)
    nom = models.CharField(max_length=100)
    is_active = models.BooleanField("actif", default=True)
    theme = models.CharField("affichage", max_length=10, choices=Theme.choices, default=Theme.SYSTEME, blank=True)
    raccourcis = models.BooleanField("raccourcis clavier", default=True)
    code_personnel = models.CharField(max_length=200, blank=True, editable=False)
    epoque = models.PositiveIntegerField(default=0, editable=False)
    cree_le = models.DateTimeField(auto_now_add=True)

    objects = Comptes()
    USERNAME_FIELD = "courriel"
    EMAIL_FIELD = "courriel"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["prenom", "nom"]

    class Meta:
        verbose_name = "compte"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_superuser=False),
                name="compte_jamais_superutilisateur",
                violation_error_message="Aucun compte n’a tous les droits.",
            ),
            models.UniqueConstraint(
                Lower("courriel"),
                name="compte_courriel_unique",
                violation_error_message="Cette adresse a déjà un compte.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom_complet

    @property
    def nom_complet(self) -> str:
        return " ".join(mot for mot in (self.civilite, self.prenom, self.nom) if mot)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session proves at each request: the password and the `epoque` have not changed since."""
        return salted_hmac(
            "accounts.User.session", f"{self.password}|{self.epoque}", secret=secret, algorithm="sha256"
        ).hexdigest()


class Frein(models.Model):
    """How often something was guessed lately; `cle` is a digest, so the table names nobody."""

    cle = models.CharField(max_length=64, primary_key=True)
    echecs = models.PositiveSmallIntegerField(default=0)
    dernier = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "frein"

    def __str__(self) -> str:
        return f"{self.echecs} échecs"


class IdentiteFederee(models.Model):
    """A person as their institution's provider knows them: the pair (issuer, subject) opens this account alone."""

    utilisateur = models.ForeignKey(User, on_delete=models.CASCADE, related_name="identites")
    emetteur = models.CharField("fournisseur", max_length=255)
    sujet = models.CharField("identifiant", max_length=255)
    sids = ArrayField(models.CharField(max_length=255), default=list, verbose_name="dernières sessions du fournisseur")
    depuis = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "identité reliée"
        verbose_name_plural = "identités reliées"
        constraints = [
            models.UniqueConstraint(
                fields=["emetteur", "sujet"],
                name="identite_federee_unique",
                violation_error_message="Cette identité est déjà reliée à un compte.",
            ),
            models.UniqueConstraint(
                fields=["utilisateur", "emetteur"],
                name="identite_federee_une_par_fournisseur",
                violation_error_message="Ce compte a déjà une identité chez ce fournisseur.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.emetteur} {self.pk}"


class JetonServi(models.Model):
    """What may serve once and has; kept as a digest, a day, well after it would be refused for its age."""

    PURGE = timedelta(days=1)
    cle = models.CharField(max_length=64, primary_key=True)
    quand = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = "jeton servi"
        verbose_name_plural = "jetons servis"

    def __str__(self) -> str:
        return self.cle

    @classmethod
    def servir(cls, *morceaux: str) -> bool:
        """Whether it had not served yet; exact between parallel requests."""
        cls.objects.filter(quand__lt=timezone.now() - cls.PURGE).delete()
        cle = hashlib.sha256("\0".join(morceaux).encode()).hexdigest()
        return cls.objects.get_or_create(cle=cle)[1]
