"""Break-glass: a case opened for an hour, read only, by somebody who takes no part in it."""

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from convention.models import Service
from documents.chiffrement import ChampChiffre
from dossiers.models.dossier import Dossier

if TYPE_CHECKING:
    from convention.acteur import Acteur

DUREE = timedelta(minutes=60)


def expiration() -> datetime:
    return timezone.now() + DUREE


class Ouvertures(models.QuerySet["BrisDeGlace"]):
    def en_cours(self, acteur: "Acteur") -> "Ouvertures":
        """What this person has open now; the place under which it was opened must still be held."""
        return self.filter(
            utilisateur_id=acteur.utilisateur_id, service_id__in=acteur.services, expire_le__gt=timezone.now()
        )

    def a_examiner(self) -> "Ouvertures":
        return self.filter(revu_le=None)


class BrisDeGlace(models.Model):
    """One exceptional opening. `service` is the opener's; `motif` is sealed, read by those who review."""

    class Raison(models.TextChoices):
        SECURITE = "SECURITE", "La sécurité de la personne l’exige maintenant"
        ABSENCE = "ABSENCE", "Personne de ce dossier n’est joignable"
        ECHEANCE = "ECHEANCE", "Une échéance légale tombe"
        INCIDENT = "INCIDENT", "Un incident est en cours"

    class Constat(models.TextChoices):
        JUSTIFIE = "JUSTIFIE", "Accès justifié"
        EVITABLE = "EVITABLE", "Accès évitable, règle rappelée"
        INJUSTIFIE = "INJUSTIFIE", "Accès injustifié, suites données"

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="bris_de_glace")
    utilisateur = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    raison = models.CharField(max_length=10, choices=Raison.choices)
    motif = ChampChiffre()
    ouvert_le = models.DateTimeField(auto_now_add=True)
    expire_le = models.DateTimeField(default=expiration)
    revu_le = models.DateTimeField(null=True)
    revu_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    constat = models.CharField(max_length=10, choices=Constat.choices, blank=True)
    avis = ChampChiffre(blank=True)

    objects = Ouvertures.as_manager()

    class Meta:
        ordering: ClassVar = ["-ouvert_le", "-pk"]
        indexes = [
            models.Index(fields=["utilisateur", "dossier", "expire_le"], name="bris_en_cours"),
            models.Index(fields=["service", "-ouvert_le"], condition=Q(revu_le=None), name="bris_a_examiner"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(revu_le=None, revu_par=None, constat="")
                | (Q(revu_le__isnull=False, revu_par__isnull=False) & ~Q(constat="")),
                name="bris_revu_apparie",
                violation_error_message="Un accès examiné porte sa date, son auteur et son constat.",
            ),
            models.CheckConstraint(
                condition=Q(revu_par=None) | ~Q(revu_par=F("utilisateur")),
                name="bris_revu_par_un_autre",
                violation_error_message="Un accès exceptionnel est examiné par une autre personne.",
            ),
            models.CheckConstraint(
                condition=Q(expire_le__gt=F("ouvert_le")),
                name="bris_expire_apres",
                violation_error_message="Un accès exceptionnel se ferme après son ouverture.",
            ),
        ]

    def __str__(self) -> str:
        return f"accès exceptionnel {self.cle}"
