from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from convention.models import Contact, Signataire
from fiches.chargement import charger
from tests.distribution import DONNEES, Distribution

pytestmark = pytest.mark.django_db


@pytest.fixture
def convention(distribution: Distribution) -> None:
    charger(DONNEES)


def test_la_page_dit_les_neuf_signataires_dans_l_ordre(convention: None, distribution: Distribution) -> None:
    page = distribution.client("referente").get(reverse("convention:convention"), follow=True).content.decode()
    positions = [page.index(signataire.titre) for signataire in Signataire.objects.order_by("ordre")]
    assert len(positions) == 9
    assert positions == sorted(positions)
    for attendu in (
        "lundi 26 mai 2025",
        "septembre 2024",
        "Violences dans le couple",
        reverse("fiches:recueil", args=["chv-2025"]),
    ):
        assert attendu in page


def test_sans_convention_la_page_le_dit(distribution: Distribution) -> None:
    assert (
        "Aucune convention" in distribution.client("referente").get(reverse("convention:convention")).content.decode()
    )


def annuaire(distribution: Distribution, nom: str) -> str:
    return distribution.client(nom).get(reverse("convention:annuaire")).content.decode()


def test_l_annuaire_nomme_les_services_a_leur_institution_seulement(
    convention: None, distribution: Distribution
) -> None:
    for nom_interne in ("Psychiatrie", "Urgences pédiatriques", "Chambre mortuaire"):
        assert nom_interne in annuaire(distribution, "soignante")
        assert nom_interne not in annuaire(distribution, "opj")


def test_l_annuaire_ne_donne_pas_le_numero_d_un_service_de_soin_aux_partenaires(
    convention: None, distribution: Distribution
) -> None:
    page = annuaire(distribution, "opj")
    assert page.count("accueil des autorités") == 1
    assert "0353014040" not in page
    assert "psychiatrie@chv.test" not in page
    assert "0353014022" in page


def test_la_personne_de_garde_est_nommee_a_ses_collegues(convention: None, distribution: Distribution) -> None:
    garde = str(distribution.utilisateur("garde"))
    assert garde in annuaire(distribution, "soignante")
    page = annuaire(distribution, "opj")
    assert garde not in page
    assert "De garde" in page


def test_un_numero_non_verifie_depuis_90_jours_est_signale(convention: None, distribution: Distribution) -> None:
    jour = timezone.localdate()
    Contact.objects.update(verifie_le=jour - timedelta(days=90))
    assert "plus de 90 jours" not in annuaire(distribution, "soignante")
    Contact.objects.filter(service__code="CHV-URG").update(verifie_le=jour - timedelta(days=91))
    assert annuaire(distribution, "soignante").count("plus de 90 jours") == 1


def test_l_annuaire_coute_un_nombre_constant_de_requetes(
    convention: None, distribution: Distribution, django_assert_max_num_queries: object
) -> None:
    client = distribution.client("soignante")
    with django_assert_max_num_queries(17):  # type: ignore[operator]
        client.get(reverse("convention:annuaire"))
