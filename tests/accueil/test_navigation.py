"""Every house that requires finds the deposit from its home page."""

import pytest
from django.urls import reverse

from accounts.demonstration import COMPTES
from requisitions.policies import DEPOSANTS
from tests.distribution import Distribution

REQUERANTS = {compte.role: compte.courriel.split("@")[0] for compte in COMPTES if compte.role in DEPOSANTS}


def test_chaque_role_qui_requiert_a_un_compte_de_demonstration() -> None:
    assert set(REQUERANTS) == set(DEPOSANTS)


@pytest.mark.parametrize("nom", REQUERANTS.values())
def test_qui_requiert_trouve_le_depot_depuis_son_accueil(nom: str, distribution: Distribution) -> None:
    client = distribution.client(nom)
    accueil = client.get("/", follow=True).content.decode()
    miennes = reverse("requisitions:miennes")
    assert f'href="{miennes}"' in accueil
    liste = client.get(miennes).content.decode()
    assert "Déposer une réquisition" in liste
    assert client.get(reverse("requisitions:nouvelle"), follow=True).status_code == 200
