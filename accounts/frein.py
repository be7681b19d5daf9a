"""The brake on guesses: one row per thing that is guessed, exact across processes. Delays grow; nothing locks for ever.

A try is spent before it is evaluated, under a row lock, so that parallel guesses cannot share one.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from accounts.models import Frein

OUBLI = timedelta(hours=1)
PURGE = timedelta(days=2)


class Regle(NamedTuple):
    """Free tries, then the seconds to wait after each further failure; the last delay repeats."""

    essais: int
    attentes: tuple[int, ...]

    def attente(self, echecs: int) -> timedelta:
        if echecs < self.essais:
            return timedelta()
        return timedelta(seconds=self.attentes[min(echecs - self.essais, len(self.attentes) - 1)])


# At most ten guesses an hour on an account, and ten more from a browser that once signed in to it.
COMPTE = Regle(5, (180, 360, 720, 900))
# A whole hospital may come from one address.
ADRESSE = Regle(50, (60, 180, 600, 900))
FACTEUR = Regle(5, (600, 900))
DEVERROUILLAGE = Regle(3, (1800,))
DEMANDE = Regle(3, (900,))


class Essai(NamedTuple):
    permis: bool
    restants: int
    attente: timedelta


def _cle(nom: str) -> str:
    return hashlib.sha256(nom.encode()).hexdigest()


def _echecs(ligne: Frein, maintenant: datetime) -> int:
    return 0 if maintenant - ligne.dernier > OUBLI else ligne.echecs


def essayer(nom: str, regle: Regle) -> Essai:
    """Spend one try of `nom`; refused while its delay runs, which does not make the delay longer."""
    maintenant, cle = timezone.now(), _cle(nom)
    with transaction.atomic():
        Frein.objects.bulk_create([Frein(cle=cle, dernier=maintenant)], ignore_conflicts=True)
        ligne = Frein.objects.select_for_update().get(cle=cle)
        echecs = _echecs(ligne, maintenant)
        if (reste := ligne.dernier + regle.attente(echecs) - maintenant) > timedelta():
            return Essai(False, 0, reste)
        ligne.echecs, ligne.dernier = echecs + 1, maintenant
        ligne.save(update_fields=["echecs", "dernier"])
    return Essai(True, max(0, regle.essais - ligne.echecs), regle.attente(ligne.echecs))


def attente(nom: str, regle: Regle) -> timedelta:
    """How long `nom` must still wait, without spending a try."""
    ligne = Frein.objects.filter(cle=_cle(nom)).first()
    if ligne is None:
        return timedelta()
    maintenant = timezone.now()
    return max(timedelta(), ligne.dernier + regle.attente(_echecs(ligne, maintenant)) - maintenant)


def relacher(nom: str) -> None:
    """The right answer was given: forget the failures, and what has not been guessed for two days."""
    Frein.objects.filter(cle=_cle(nom)).delete()
    Frein.objects.filter(dernier__lt=timezone.now() - PURGE).delete()


def tenter(nom: str, regle: Regle, verifier: Callable[[], bool], faux: str) -> str:
    """Spend a try and evaluate it; "" when right, else the sentence to show."""
    essai = essayer(nom, regle)
    if not essai.permis:
        return trop(essai.attente)
    if verifier():
        relacher(nom)
        return ""
    return f"{faux} {suite(essai)}"


def suite(essai: Essai) -> str:
    """What a person who was wrong reads: the tries that are left, or how long to wait."""
    if essai.restants:
        return f"Il reste {essai.restants}\u00a0essai{'s' if essai.restants > 1 else ''}."
    return trop(essai.attente)


def trop(attendre: timedelta) -> str:
    minutes = max(1, -(-int(attendre.total_seconds()) // 60))
    return f"Trop d’essais\u00a0: attendez {minutes}\u00a0minute{'s' if minutes > 1 else ''}, puis réessayez."
