"""Deadlines: counted in working time where the text says so, paused while the other party must answer."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from dossiers.echeances import (
    ajouter_heures_ouvrees,
    ajouter_jours_ouvres,
    jour_ouvre,
    poser,
    reprendre,
    suspendre,
    tenir,
)
from dossiers.models import Dossier, Participation
from tests.distribution import Distribution
from tests.dossiers.essai import commencer, transmettre

PARIS = ZoneInfo("Europe/Paris")


def le(jour: int, mois: int, heure: int, minute: int = 0, annee: int = 2026) -> datetime:
    return datetime(annee, mois, jour, heure, minute, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("jour", "attendu"),
    [
        (date(2026, 11, 20), True),  # vendredi
        (date(2026, 11, 21), False),  # samedi
        (date(2026, 11, 11), False),  # armistice
        (date(2026, 4, 6), False),  # lundi de Pâques
        (date(2026, 5, 14), False),  # Ascension
        (date(2026, 7, 14), False),
    ],
)
def test_un_jour_ouvre(jour: date, attendu: bool) -> None:
    assert jour_ouvre(jour) is attendu


@pytest.mark.parametrize(
    ("debut", "heures", "fin"),
    [
        (le(18, 11, 10), 4, le(18, 11, 14)),
        (le(18, 11, 16), 4, le(19, 11, 11)),
        (le(18, 11, 7), 2, le(18, 11, 11)),
        (le(18, 11, 22), 2, le(19, 11, 11)),
        (le(20, 11, 17), 2, le(23, 11, 10)),  # par-dessus un week-end
        (le(10, 11, 17), 2, le(12, 11, 10)),  # par-dessus le 11 novembre
        (le(18, 11, 9), 9, le(18, 11, 18)),
        (le(23, 10, 17), 2, le(26, 10, 10)),  # par-dessus le changement d’heure
    ],
)
def test_des_heures_ouvrees(debut: datetime, heures: float, fin: datetime) -> None:
    assert ajouter_heures_ouvrees(debut, heures) == fin


def test_un_debut_en_heure_universelle_compte_en_heure_de_paris() -> None:
    assert ajouter_heures_ouvrees(le(18, 11, 17).astimezone(ZoneInfo("UTC")), 1) == le(18, 11, 18)


@pytest.mark.parametrize(
    ("debut", "jours", "fin"),
    [
        (le(18, 11, 15), 1, le(19, 11, 15)),
        (le(20, 11, 15), 1, le(23, 11, 15)),
        (le(9, 11, 15), 2, le(12, 11, 15)),
        (le(31, 12, 15), 1, le(4, 1, 15, annee=2027)),
        (le(21, 11, 8), 1, le(23, 11, 23).replace(minute=59)),
    ],
)
def test_des_jours_ouvres(debut: datetime, jours: int, fin: datetime) -> None:
    assert ajouter_jours_ouvres(debut, jours) == fin


def test_l_enveloppe_porte_la_plus_proche_et_la_liste_la_suit(distribution: Distribution, type_essai: object) -> None:
    acteur, maintenant = distribution.acteur("soignante"), timezone.now()
    dossier = transmettre(commencer(acteur), acteur, distribution.service("PARQUET-PERM"))
    for nom, heures in (("reponse", 48), ("accuse", 24)):
        poser(
            dossier=dossier,
            nom=nom,
            libelle=nom,
            debut_le=maintenant,
            echeance_le=maintenant + timedelta(hours=heures),
            calcul="essai",
        )

    def portee() -> tuple[object, object]:
        lu = Dossier.objects.get(pk=dossier.pk)
        return lu.echeance_le, Participation.objects.get(content_object=dossier).echeance_tri

    assert portee() == (maintenant + timedelta(hours=24),) * 2
    tenir(dossier=dossier, nom="accuse")
    assert portee() == (maintenant + timedelta(hours=48),) * 2
    tenir(dossier=dossier, nom="reponse")
    assert portee()[0] is None


def test_une_pause_s_ajoute_au_delai(distribution: Distribution, type_essai: object) -> None:
    acteur, debut = distribution.acteur("soignante"), timezone.now()
    dossier = transmettre(commencer(acteur), acteur)
    fin = debut + timedelta(hours=24)
    with time_machine.travel(debut, tick=False) as horloge:
        poser(dossier=dossier, nom="reponse", libelle="Réponse", debut_le=debut, echeance_le=fin, calcul="essai")
        suspendre(dossier=dossier, nom="reponse")
        assert Dossier.objects.get(pk=dossier.pk).echeance_suspendue
        horloge.shift(timedelta(hours=5))
        reprendre(dossier=dossier, nom="reponse")
    lu = Dossier.objects.get(pk=dossier.pk)
    assert not lu.echeance_suspendue
    assert lu.echeance_le == fin + timedelta(hours=5)


def test_une_echeance_reposee_n_en_ouvre_pas_deux(distribution: Distribution, type_essai: object) -> None:
    acteur, debut = distribution.acteur("soignante"), timezone.now()
    dossier = transmettre(commencer(acteur), acteur)
    for heures in (24, 12):
        fin = debut + timedelta(hours=heures)
        poser(dossier=dossier, nom="reponse", libelle="Réponse", debut_le=debut, echeance_le=fin, calcul="essai")
    assert dossier.echeances.get().echeance_le == debut + timedelta(hours=12)
