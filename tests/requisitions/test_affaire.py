"""One procedure, several acts: the unit and legal affairs find them together; nobody else learns of the link."""

import pytest
from django.urls import reverse

from requisitions.lecture.affaire import meme_procedure
from tests.distribution import Distribution
from tests.requisitions.test_parcours import depot
from tests.requisitions.test_reception import il_y_a

VIDEO = {
    "type_acte": "VIDEO", "cible": "Entrée", "periode_du": il_y_a(days=2), "periode_au": il_y_a(days=1), "nom": "",
    "naissance": "",
}  # fmt: skip


@pytest.fixture
def affaire(police, distribution):
    """Two acts of one procedure, by one unit; the same number written by another unit."""
    dossier = depot(police, num_procedure="2026/77")
    images = depot(distribution.client("opj2"), num_procedure="2026/77", **VIDEO)
    ailleurs = depot(distribution.client("etranger"), num_procedure="2026/77")
    return dossier, images, ailleurs


def lue(distribution: Distribution, nom: str, dossier) -> str:
    return distribution.client(nom).get(reverse("requisitions:dossier", args=[dossier.cle])).content.decode()


@pytest.mark.parametrize("nom", ["opj", "opj2", "juriste"])
def test_l_unite_et_les_juristes_lisent_les_autres_actes_de_la_procedure(nom, affaire, distribution):
    dossier, images, ailleurs = affaire
    page = lue(distribution, nom, dossier)
    assert "Même procédure" in page
    assert f"{images.reference}</a>, Images de vidéoprotection" in page
    assert str(ailleurs.reference) not in page.split("Même procédure")[1].split("</p>")[0], (
        "le numéro d’une autre unité"
    )


def test_qui_garde_les_images_n_apprend_pas_qu_un_dossier_est_demande(affaire, distribution):
    dossier, images, _ = affaire
    page = lue(distribution, "securite", images)
    assert "Même procédure" not in page
    assert str(dossier.reference) not in page


def test_sans_numero_ou_seul_rien_ne_se_dit(police, distribution):
    seul, sans, aussi = depot(police, num_procedure="2026/1"), depot(police, nom="A"), depot(police, nom="B")
    for dossier in (seul, sans, aussi):
        assert meme_procedure(dossier, dossier.requisition, distribution.acteur("opj"), sauf=[]) == []


def test_les_dossiers_du_meme_acte_ne_se_lisent_qu_une_fois(affaire, distribution):
    dossier, images, _ = affaire
    acteur = distribution.acteur("opj")
    assert [autre for autre, _ in meme_procedure(dossier, dossier.requisition, acteur, sauf=[])] == [images]
    assert meme_procedure(dossier, dossier.requisition, acteur, sauf=[images]) == []
