"""A seizure is known at once of those who must be there (§12, rows 25 and 26)."""

import pytest
from django.urls import reverse


@pytest.mark.parametrize(("acte", "sait"), [("SAISIE", 200), ("DOSSIER", 404)])
def test_la_direction_sait_qu_une_saisie_est_demandee(acte, sait, deposee, distribution):
    direction = distribution.client("directrice")
    dossier = (
        deposee(acte, cadre="CR", cr_reference="JI 1/26", cr_juge="Mme Cordonnier")
        if acte == "SAISIE"
        else deposee(acte)
    )
    assert direction.get(reverse("requisitions:dossier", args=[dossier.cle])).status_code == sait
