"""« Que faire ? » offers to write a requisition down to those who may, and tells the others whom to call."""

import pytest

from fiches.actes import adresse_de


@pytest.mark.parametrize(
    ("nom", "offert"),
    [("opj", True), ("juriste", True), ("garde", True), ("soignante", False), ("securite", False), ("archives", False)],
)
def test_le_bouton_n_est_offert_qu_a_qui_peut_enregistrer(nom, offert, distribution):
    acteur = distribution.acteur(nom)
    assert (adresse_de("requisition", acteur) is not None) is offert
    client = distribution.client(nom)
    if offert:
        assert client.get(adresse_de("requisition", acteur), follow=True).status_code == 200
