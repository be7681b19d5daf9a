"""The day an approved version comes into force: planned by the référente, applied by the clock."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from documents.models import Document
from fiches import policies
from fiches.etats import E
from fiches.models import VersionFiche
from fiches.workflow import entrer_en_vigueur, exiger, tracer, verrouiller
from notifications.boite_envoi import publier
from transitions.workflow import TransitionRefusee


@transaction.atomic
def programmer(*, version: VersionFiche, acteur: Acteur, jour: date) -> VersionFiche:
    """Plan the day of an approved version. A change of its text cancels it."""
    version = verrouiller(version)
    exiger(policies.peut_programmer(version, acteur))
    if jour <= timezone.localdate():
        raise TransitionRefusee("Choisissez une date à venir. Pour aujourd’hui, mettez la version en vigueur.")
    version.effet_prevu = jour
    version.version += 1
    version.save()
    tracer(version, "programmer", acteur, str(version.version), jour=jour.isoformat())
    return version


def appliquer_effets(jour: date | None = None) -> None:
    """Put in force what was planned by `jour` (today). A partner missing by then holds it back, and it is told."""
    jour = jour or timezone.localdate()
    _perimer_les_papiers(jour)
    dues = VersionFiche.objects.filter(etat=E.APPROUVEE, effet_prevu__lte=jour)
    for version in dues.order_by("pk"):
        try:
            with transaction.atomic():
                _prendre_effet(version, jour)
        except TransitionRefusee:
            _dire_retenue(version)


def _perimer_les_papiers(jour: date) -> None:
    """The convention has ended: its sheets are read with a warning, and nobody vouches for a printed one."""
    finies = VersionFiche.objects.filter(
        etat=E.EN_VIGUEUR, fiche__thematique__convention__resiliation__effet_le__lte=jour
    )
    Document.objects.filter(statut=Document.Statut.EN_VIGUEUR, objet_cle__in=finies.values("cle")).update(
        statut=Document.Statut.ABROGE, statut_le=timezone.now()
    )


def _prendre_effet(version: VersionFiche, jour: date) -> None:
    """Read again under the lock: planned otherwise, or published, meanwhile."""
    version = verrouiller(version)
    if version.etat == E.APPROUVEE and version.effet_prevu and version.effet_prevu <= jour:
        exiger(policies.toutes_approuvent(version, None))
        entrer_en_vigueur(version, "prendre_effet", None, jour)


def _dire_retenue(version: VersionFiche) -> None:
    cle = f"fiche:{version.pk}:retenir_effet:{version.effet_prevu}"
    charge = {"version": version.pk, "nom": "retenir_effet", "cle": str(version.effet_prevu), "par": None}
    publier("fiche.version", cle_unique=cle, charge=charge)
