"""What the demonstration invents about the health contract says that it is invented."""

import pytest

from accueil.demonstration.programme import FICTIF, peupler_programme
from convention.models import Action, Indicateur, Releve, Stand
from fiches.chargement import charger
from tests.distribution import DONNEES, Distribution

pytestmark = pytest.mark.django_db


def test_chaque_donnee_inventee_se_dit_fictive(distribution: Distribution) -> None:
    charger(DONNEES)
    for nom in ("cls", "cpam"):
        distribution.utilisateur(nom)
    peupler_programme()
    inventees = Action.objects.exclude(pilote=None, echeance=None)
    assert {action.origine for action in inventees} == {FICTIF}
    assert {indicateur.origine for indicateur in Indicateur.objects.all()} == {FICTIF}
    assert {releve.source for releve in Releve.objects.all()} == {FICTIF}
    assert Stand.objects.count() == 2
    assert all(stand.source == FICTIF and "fictif" in stand.intitule for stand in Stand.objects.all())


def test_sans_comptes_de_demonstration_rien_n_est_invente(distribution: Distribution) -> None:
    charger(DONNEES)
    peupler_programme()
    assert not Indicateur.objects.exists()
    assert not Action.objects.exclude(pilote=None).exists()
