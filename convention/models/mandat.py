"""Who holds the office that binds an institution, whom the holder lets sign, and the changes that wait."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from convention.models.institution import Institution


class Fonction(models.Model):
    """A person in an office, as its signature is written."""

    civilite = models.CharField(max_length=10, blank=True)
    prenom = models.CharField(max_length=80)
    nom = models.CharField(max_length=80)
    titre = models.CharField(max_length=200)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.personne}, {self.titre}"

    @property
    def personne(self) -> str:
        return " ".join(mot for mot in (self.civilite, self.prenom, self.nom) if mot)


class Mandat(Fonction):
    """A person in the office that binds an institution: « Sous-préfet de Valenciennes ». One at a time.

    `fin_le` is the first day without the office. `utilisateur` is the account that signs, when there is one.
    """

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="mandats")
    utilisateur = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="mandats"
    )
    debut_le = models.DateField()
    fin_le = models.DateField(null=True, blank=True)
    motif = models.CharField("pourquoi ce changement", max_length=300, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["institution_id", "-debut_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution"],
                condition=Q(fin_le=None),
                name="mandat_un_titulaire",
                violation_error_message="Cette institution a déjà un titulaire.",
            ),
            models.CheckConstraint(
                condition=Q(fin_le=None) | Q(fin_le__gte=F("debut_le")),
                name="mandat_dates",
                violation_error_message="La fin du mandat doit suivre son début.",
            ),
        ]


class Delegation(models.Model):
    """The holder lets somebody of the same institution sign. It lives no longer than the mandate it comes from."""

    mandat = models.ForeignKey(Mandat, on_delete=models.PROTECT, related_name="delegations")
    delegataire = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="delegations")
    titre = models.CharField("qualité du délégataire", max_length=120)
    debut_le = models.DateField()
    fin_le = models.DateField(null=True, blank=True)
    reprise_de = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reprise_par"
    )
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["mandat_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mandat", "delegataire"],
                condition=Q(fin_le=None),
                name="delegation_unique",
                violation_error_message="Cette personne a déjà une délégation.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.delegataire}, {self.titre}"


class PriseDeFonction(Fonction):
    """A change of office-holder that somebody asks; `mandat` is born of the approval of a second person."""

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    utilisateur = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    debut_le = models.DateField()
    motif = models.CharField(max_length=300)
    reprises = models.ManyToManyField(Delegation, related_name="+")
    mandat = models.OneToOneField(Mandat, on_delete=models.PROTECT, null=True, related_name="prise")
    proposee_le = models.DateTimeField(auto_now_add=True)
    proposee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    accordee_le = models.DateTimeField(null=True)
    accordee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["-proposee_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accordee_le=None, accordee_par=None, mandat=None)
                | Q(accordee_le__isnull=False, accordee_par__isnull=False, mandat__isnull=False),
                name="prise_de_fonction_accordee_apparie",
                violation_error_message="La date, l’auteur de l’accord et le mandat vont ensemble.",
            ),
            models.CheckConstraint(
                condition=Q(accordee_par=None) | ~Q(accordee_par=F("proposee_par")),
                name="prise_de_fonction_deux_personnes",
                violation_error_message="Une autre personne que le demandeur doit valider.",
            ),
            models.CheckConstraint(
                condition=Q(utilisateur=None) | ~Q(utilisateur=F("proposee_par")),
                name="prise_de_fonction_jamais_la_sienne",
                violation_error_message="Personne ne se nomme soi-même.",
            ),
        ]
