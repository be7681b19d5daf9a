"""The cast stands on its own feet."""

from tests.distribution import Distribution


def test_les_tests_tournent_avec_le_role_de_production(db):
    from django.db import connection

    with connection.cursor() as curseur:
        curseur.execute("SELECT current_user")
        assert curseur.fetchone() == ("app_web",)


def test_chaque_personne_a_sa_place(distribution: Distribution):
    assert distribution.acteur("opj").principale.service_code == "POLICE-CSP"
    assert distribution.acteur("garde").roles == {"GARDE"}


def test_une_fixture_par_personne(soignante, maison_arret):
    assert soignante.nom == "Dr Camille Aubert"
    assert maison_arret.principale.institution_code == "MA"
