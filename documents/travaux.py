"""A document made in the worker while somebody waits: what the row says, and how its progress is written.

The row is the app's own (`Travail` is abstract); progress is committed beside the task's transaction, so that the page
sees it while the work is still open.
"""

import logging
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone
from psycopg.sql import SQL, Identifier

from documents.models import Document

journal = logging.getLogger(__name__)
Avancer = Callable[[int, str], None]

# Without a sign of life for this long, a job is taken as interrupted and may be asked again.
SILENCE = timedelta(minutes=3)
ATTENTE = "En attente d’un poste de travail libre"


class Travail(models.Model):
    """One document asked for. The worker writes its progress in transactions of its own, so that the page sees it."""

    class Statut(models.TextChoices):
        EN_ATTENTE = "en_attente", "En attente"
        EN_COURS = "en_cours", "En cours"
        FINI = "fini", "Prêt"
        ECHEC = "echec", "Échec"

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    statut = models.CharField(max_length=10, choices=Statut.choices, default=Statut.EN_ATTENTE)
    pourcent = models.PositiveSmallIntegerField(default=0)
    libelle = models.CharField(max_length=200, default=ATTENTE)
    tentatives = models.PositiveSmallIntegerField(default=1)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    demande_le = models.DateTimeField(default=timezone.now)
    demande_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    dernier_signe = models.DateTimeField("dernier signe de vie", default=timezone.now)

    class Meta:
        abstract = True
        ordering: ClassVar = ["-demande_le", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(statut="fini") | Q(document__isnull=False),
                name="%(class)s_fini_a_son_document",
                violation_error_message="Un export prêt a son document.",
            )
        ]

    def __str__(self) -> str:
        return f"export {self.cle}"

    @property
    def relancable(self) -> bool:
        """It failed, or stopped giving signs of life."""
        if self.statut == self.Statut.FINI:
            return False
        return self.statut == self.Statut.ECHEC or self.dernier_signe < timezone.now() - SILENCE

    def repartir(self) -> None:
        """From the start again, under the caller's lock; the caller publishes the job."""
        self.tentatives += 1
        self.statut, self.pourcent, self.libelle = self.Statut.EN_ATTENTE, 0, ATTENTE
        self.dernier_signe = timezone.now()
        self.save()

    def avancement(self, adresse: str) -> dict[str, object]:
        """What `progression.js` reads; `adresse` is where the document is fetched once ready."""
        fini = self.statut == self.Statut.FINI
        return {
            "pourcent": self.pourcent,
            "libelle": self.libelle,
            "fini": fini,
            "echec": self.statut == self.Statut.ECHEC,
            "url": adresse if fini else "",
        }


def accomplir(travail: Travail, faire: Callable[[Avancer], Document], *, panne: str, pret: str) -> None:
    """Carry out a job. A second delivery of a finished one does nothing.

    A failure is written on the row, in a French sentence, and is not raised: « Réessayer » starts it again.
    """
    if travail.statut == Travail.Statut.FINI:
        return
    with _temoin(travail) as avancer:
        try:
            with transaction.atomic():
                document = faire(avancer)
        except Exception:  # whatever broke, the person who waits must read it
            journal.exception("export %s", travail.cle)
            _conclure(travail, Travail.Statut.ECHEC, panne)
        else:
            _conclure(travail, Travail.Statut.FINI, pret, document)


def _conclure(travail: Travail, statut: Travail.Statut, libelle: str, document: Document | None = None) -> None:
    type(travail)._default_manager.filter(pk=travail.pk).update(
        statut=statut,
        pourcent=100 if statut == Travail.Statut.FINI else 0,
        libelle=libelle,
        document=document,
        dernier_signe=timezone.now(),
    )


@contextmanager
def _temoin(travail: Travail) -> Iterator[Avancer]:
    """A connection of its own: each step is committed at once, while the task's transaction is still open."""
    temoin = connection.copy()
    ordre = SQL("UPDATE {} SET statut = %s, pourcent = %s, libelle = %s, dernier_signe = %s WHERE id = %s")
    requete = ordre.format(Identifier(travail._meta.db_table)).as_string(None)

    def avancer(pourcent: int, libelle: str) -> None:
        with temoin.cursor() as curseur:
            curseur.execute(
                requete,
                [Travail.Statut.EN_COURS, pourcent, libelle, timezone.now(), travail.pk],
            )

    try:
        yield avancer
    finally:
        temoin.close()
