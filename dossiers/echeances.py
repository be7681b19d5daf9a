"""Deadlines as rows: posed, suspended, resumed, met. The envelope carries the earliest open one."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays
from django.utils import timezone

from dossiers.models import Dossier, Echeance

PARIS = ZoneInfo("Europe/Paris")
OUVERTURE, FERMETURE = 9, 18


def poser(
    *, dossier: Dossier, nom: str, libelle: str, debut_le: datetime, echeance_le: datetime, calcul: str
) -> Echeance:
    """Start a deadline; `calcul` is the line that explains it: starting event, pauses, source."""
    echeance, _ = Echeance.objects.update_or_create(
        dossier=dossier,
        nom=nom,
        tenue_le=None,
        defaults={
            "libelle": libelle,
            "calcul": calcul,
            "debut_le": debut_le,
            "echeance_le": echeance_le,
            "suspendue_le": None,
        },
    )
    _reporter(dossier)
    return echeance


def tenir(*, dossier: Dossier, nom: str) -> None:
    """The act that was due is done."""
    dossier.echeances.filter(nom=nom, tenue_le=None).update(tenue_le=timezone.now())
    _reporter(dossier)


def rouvrir(*, dossier: Dossier, nom: str, pourquoi: str) -> None:
    """What was done is taken back: the same deadline runs again, and its line says why."""
    echeance = dossier.echeances.filter(nom=nom).exclude(tenue_le=None).order_by("-pk").first()
    if echeance is not None:
        echeance.tenue_le, echeance.calcul = None, f"{echeance.calcul} {pourquoi}"[:200]
        echeance.save()
        _reporter(dossier)


def suspendre(*, dossier: Dossier, nom: str) -> None:
    """Stop the clock while the other party must answer."""
    dossier.echeances.filter(nom=nom, tenue_le=None, suspendue_le=None).update(suspendue_le=timezone.now())
    _reporter(dossier)


def reprendre(*, dossier: Dossier, nom: str) -> None:
    """Restart the clock: the pause is added to the deadline."""
    for echeance in dossier.echeances.filter(nom=nom, tenue_le=None):
        if echeance.suspendue_le is None:
            continue
        echeance.echeance_le += timezone.now() - echeance.suspendue_le
        echeance.suspendue_le = None
        echeance.save()
    _reporter(dossier)


def _reporter(dossier: Dossier) -> None:
    """Copy the earliest open deadline to the envelope; a trigger copies it to the participations."""
    ouvertes = list(dossier.echeances.filter(tenue_le=None))
    courantes = [echeance for echeance in ouvertes if echeance.suspendue_le is None]
    prochaine = min(courantes or ouvertes, key=lambda echeance: echeance.echeance_le, default=None)
    dossier.echeance_le = prochaine.echeance_le if prochaine else None
    dossier.echeance_debut = prochaine.debut_le if prochaine else None
    dossier.echeance_suspendue = bool(prochaine and not courantes)
    Dossier.objects.filter(pk=dossier.pk).update(
        echeance_le=dossier.echeance_le,
        echeance_debut=dossier.echeance_debut,
        echeance_suspendue=dossier.echeance_suspendue,
    )


@cache
def feries(annee: int) -> frozenset[date]:
    """The French public holidays of a year."""
    return frozenset(holidays.country_holidays("FR", years=annee))


def jour_ouvre(jour: date) -> bool:
    """Monday to Friday outside French public holidays."""
    return jour.weekday() < 5 and jour not in feries(jour.year)


def derniere_fermeture(instant: datetime) -> datetime:
    """When the last working hours ended: the evening before, or the one before a week-end or a run of holidays."""
    fermeture = instant.astimezone(PARIS).replace(hour=FERMETURE, minute=0, second=0, microsecond=0, fold=0)
    while fermeture.astimezone(UTC) > instant.astimezone(UTC) or not jour_ouvre(fermeture.date()):
        fermeture -= timedelta(days=1)
    return fermeture


def ajouter_heures_ouvrees(debut: datetime, heures: float) -> datetime:
    """Add hours counted from 9 to 18 on working days, Paris time."""
    reste = timedelta(hours=heures)
    instant = debut.astimezone(PARIS)
    while True:
        ouverture = instant.replace(hour=OUVERTURE, minute=0, second=0, microsecond=0)
        fermeture = instant.replace(hour=FERMETURE, minute=0, second=0, microsecond=0)
        if jour_ouvre(instant.date()) and instant < fermeture:
            instant = max(instant, ouverture)
            if instant + reste <= fermeture:
                return instant + reste
            reste -= fermeture - instant
        instant = (ouverture + timedelta(days=1)).replace(hour=OUVERTURE)


def ajouter_jours_ouvres(debut: datetime, jours: int) -> datetime:
    """Add working days, keeping the hour, Paris time.

    What begins on a day off has the whole of its last day: else it would be due before what came the evening before.
    """
    instant = debut.astimezone(PARIS)
    if not jour_ouvre(instant.date()):
        instant = instant.replace(hour=23, minute=59, second=0, microsecond=0, fold=0)
    while jours:
        instant += timedelta(days=1)
        jours -= jour_ouvre(instant.date())
    return instant
