"""« Cette étape ne marche pas »: what the field says of a step, and what became of it."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from bilans.etats import ETATS_RETOUR, RECU
from convention.models import Service
from fiches.models import VersionFiche


class RetourExperience(models.Model):
    """One feedback. Its author and their service are known to the référente only; nobody else reads the text."""

    class Categorie(models.TextChoices):
        NUMERO = "NUMERO", "Un numéro est faux"
        IMPOSSIBLE = "IMPOSSIBLE", "L’étape est impossible à faire"
        DELAI = "DELAI", "Le délai est intenable"
        OBSCUR = "OBSCUR", "Le texte n’est pas clair"
        AUTRE = "AUTRE", "Autre chose"

    class Issue(models.TextChoices):
        CORRIGE = "CORRIGE", "Corrigé dans une nouvelle version"
        COMITE = "COMITE", "Inscrit à l’ordre du jour du comité"
        NON_RETENU = "NON_RETENU", "Non retenu"

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version_fiche = models.ForeignKey(VersionFiche, on_delete=models.PROTECT, related_name="retours")
    passage = models.CharField("passage visé", max_length=40)
    categorie = models.CharField("catégorie", max_length=12, choices=Categorie.choices)
    texte = models.TextField("ce qui ne marche pas", max_length=2000)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    etat = models.CharField(max_length=12, choices=[(etat.code, etat.libelle) for etat in ETATS_RETOUR], default=RECU)
    depose_le = models.DateTimeField()
    depose_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    etudie_le = models.DateTimeField(null=True, blank=True)
    etudie_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reponse = models.TextField("réponse", max_length=2000, blank=True)
    repondu_le = models.DateTimeField(null=True, blank=True)
    repondu_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    issue = models.CharField(max_length=12, choices=Issue.choices, blank=True)
    corrige_dans = models.ForeignKey(
        VersionFiche, on_delete=models.PROTECT, null=True, blank=True, related_name="retours_corriges"
    )
    motif = models.CharField("motif", max_length=500, blank=True)
    clos_le = models.DateTimeField(null=True, blank=True)
    clos_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["depose_le", "pk"]
        indexes: ClassVar = [models.Index(fields=["etat", "depose_le"], name="retour_a_traiter")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(etat__in=["REPONDU", "CLOS"]) | ~Q(reponse=""),
                name="retour_repondu",
                violation_error_message="Un retour se conclut par une réponse à son auteur.",
            ),
            models.CheckConstraint(
                condition=~Q(etat="CLOS") | ~Q(issue=""),
                name="retour_clos_a_son_issue",
                violation_error_message="Dites ce que devient le retour.",
            ),
            models.CheckConstraint(
                condition=~Q(issue="CORRIGE") | Q(corrige_dans__isnull=False),
                name="retour_corrige_dans_une_version",
                violation_error_message="Nommez la version qui corrige l’étape.",
            ),
            models.CheckConstraint(
                condition=~Q(issue="NON_RETENU") | ~Q(motif=""),
                name="retour_non_retenu_motive",
                violation_error_message="Un retour non retenu doit être motivé.",
            ),
        ]

    def __str__(self) -> str:
        return f"retour sur {self.version_fiche}"
