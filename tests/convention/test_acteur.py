"""The Acteur: what a person may be today, from the rattachements valid now."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from convention.acteur import acteur_de
from convention.models import Permanence, Rattachement
from convention.rattachements import rattacher
from tests.distribution import Distribution


def test_une_place_dit_tout_du_rattachement(distribution: Distribution) -> None:
    place = distribution.acteur("opj").principale
    assert place is not None
    service = distribution.service("POLICE-CSP")
    assert (place.role, place.qualite, place.service_code) == (Role.ENQUETEUR, "OPJ", "POLICE-CSP")
    assert (place.groupe_id, place.institution_id) == (service.groupe_id, service.institution_id)


def test_deux_rattachements_font_deux_places(distribution: Distribution) -> None:
    soignante = distribution.utilisateur("soignante")
    rattacher(utilisateur=soignante, service=distribution.service("CHV-DAJ"), role=Role.JURISTE, acteur=None)
    acteur = acteur_de(soignante)
    assert acteur.roles == {Role.SOIGNANT, Role.JURISTE}
    assert len(acteur.groupes) == len(acteur.services) == 2
    assert len(acteur.institutions) == 1
    assert acteur.place(Role.JURISTE).service_code == "CHV-DAJ"
    assert acteur.place(Role.PARQUET) is None
    assert acteur.a(Role.PARQUET, Role.JURISTE)
    assert not acteur.a(Role.PARQUET)


@pytest.mark.parametrize(
    ("debut", "fin", "valide"),
    [(0, None, True), (-9, 1, True), (-9, 0, False), (-9, -1, False), (1, None, False), (1, 9, False)],
)
def test_un_rattachement_vaut_du_debut_a_la_veille_de_sa_fin(
    distribution: Distribution, debut: int, fin: int | None, valide: bool
) -> None:
    jour, opj = timezone.localdate(), distribution.utilisateur("opj")
    dates = {"debut_le": jour + timedelta(days=debut), "fin_le": None if fin is None else jour + timedelta(days=fin)}
    Rattachement.objects.filter(utilisateur=opj).update(**dates)
    assert bool(acteur_de(opj).places) is valide


def test_la_permanence_d_un_autre_service_ne_donne_pas_la_garde(distribution: Distribution) -> None:
    garde = distribution.utilisateur("garde")
    Permanence.objects.filter(titulaire=garde).update(service=distribution.service("CHV-DAJ"))
    assert acteur_de(garde).places == ()


def test_la_permanence_d_un_collegue_ne_donne_pas_la_garde(distribution: Distribution) -> None:
    garde = distribution.utilisateur("garde")
    Permanence.objects.filter(titulaire=garde).update(titulaire=distribution.utilisateur("juriste"))
    assert acteur_de(garde).places == ()


def test_un_acteur_se_construit_en_une_requete(distribution: Distribution, django_assert_num_queries: object) -> None:
    soignante = distribution.utilisateur("soignante")
    with django_assert_num_queries(1):  # type: ignore[operator]
        acteur_de(soignante)


def test_un_service_ne_dit_son_nom_que_dans_sa_maison(distribution: Distribution) -> None:
    service = distribution.service("CHV-URG")
    assert service.nom_pour(service.institution_id) == service.nom
    assert service.nom_pour(distribution.service("POLICE-CSP").institution_id) == service.nom_externe
    assert service.nom_pour(None) == service.nom_externe
