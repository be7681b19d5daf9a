"""The journal's cost: appends a second, one by one as requests do, and the verification of a million rows.

`python -m bench.journal [rows]`, or the end of `make bench`. Bars are held against processor time, ours and
PostgreSQL's, which a busy machine does not spoil; elapsed time is printed beside it.
"""

import sys
import time
import uuid
from collections.abc import Callable

from bench.banc import lancer

ENTREES = 1_000_000
AJOUTS = 1_000
PLANCHER_AJOUTS, PLAFOND_VERIFICATION = 200, 60.0
PLAFOND_RECHERCHE = 30.0
# Twelve chains unequally fed, as twelve institutions.
CHAINES = tuple(f"BANC-{rang}" for rang in range(12))


def mesurer(entrees: int = ENTREES) -> int:
    """Print the three figures; 1 when one misses its bar, scaled to the rows that were written."""
    from journal.chaine import verifier

    _remplir(entrees)
    print(f"\nJournal, {entrees} entrées ; secondes de processeur (secondes écoulées)")
    ajouter = _chronometrer(f"{AJOUTS} ajouts", _ajouter_un_par_un)
    duree = _chronometrer("vérification", lambda: _exiger(verifier() == []))
    recherche = _chronometrer("qui a vu", _recherche)
    ajouts = AJOUTS / ajouter
    print(f"{ajouts:.0f} ajouts/s (plancher {PLANCHER_AJOUTS}), {entrees / duree:.0f} entrées vérifiées/s")
    tenu = ajouts >= PLANCHER_AJOUTS and duree <= PLAFOND_VERIFICATION * max(entrees, 100_000) / 1_000_000
    return 0 if tenu and recherche <= PLAFOND_RECHERCHE else 1


def _contenu(rang: int) -> str:
    from journal.carnet import contenu_canonique

    return contenu_canonique(
        "lire",
        acteur=None,
        objet="signalements:lettre",
        cle=uuid.UUID(int=rang % 50_000),
        motif="procedure",
        canal="page",
    )


def _remplir(entrees: int) -> None:
    from journal.carnet import ajouter

    for debut in range(0, entrees, 10_000):
        lot = [_contenu(rang) for rang in range(debut, min(debut + 10_000, entrees))]
        ajouter(CHAINES[(debut // 10_000) ** 2 % len(CHAINES)], lot)


def _chronometrer(nom: str, faire: Callable[[], None]) -> float:
    from bench.mesure import Horloge

    horloge = Horloge()
    debut, ecoule = horloge(), time.perf_counter()
    faire()
    processeur = (horloge() - debut) / 1000
    print(f"{nom:<16}{processeur:>8.1f} s  ({time.perf_counter() - ecoule:.1f} s)")
    return processeur


def _exiger(vrai: bool) -> None:
    assert vrai, "le journal du banc n’est pas intègre"


def _ajouter_un_par_un() -> None:
    """Each in its own transaction, committed, on one connection."""
    from django.db import transaction

    from journal.carnet import ajouter

    for rang in range(AJOUTS):
        with transaction.atomic():
            ajouter(CHAINES[0], [_contenu(rang)])


def _recherche() -> None:
    from django.utils import timezone

    from accueil.acces.reponse import acces, extrait

    jour = timezone.localdate()
    assert "signature" in extrait(acces([uuid.UUID(int=7)], jour, jour))


def main(arguments: list[str]) -> int:
    return lancer("bench.journal", arguments, lambda tailles: mesurer(*tailles[:1]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
