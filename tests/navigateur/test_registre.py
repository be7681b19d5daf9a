"""The register of missed deadlines in a real browser: a table on a desk, one card a line on a telephone."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from dossiers import echeances
from dossiers.models import Personne
from requisitions import workflow
from requisitions.annonces.alertes import inscrire_le_retard
from requisitions.models import Requisition
from requisitions.table import charger, lire
from tests.distribution import Distribution
from tests.navigateur.conftest import Visite
from tests.navigateur.test_annuaire import voir
from tests.requisitions.conftest import TABLE

pytestmark = pytest.mark.django_db(transaction=True)
COLONNES = ["Échéance", "Due", "Depuis", "État"]


def manquer(distribution: Distribution, *, reglee: bool) -> str:
    """A presence asked two hours ago by telephone, and due within half an hour."""
    lettre = Requisition(
        type_acte="PRESENCE", cadre="FLAG", mission="Dire si la personne est là.", canal="telephone", orale=True,
        orale_motif="Lue au téléphone.", service_requerant=distribution.service("GEND-COB1"),
        autorite_nom="Adj. Rombaut", autorite_qualite="OPJ", statut_personne="inconnu",
    )  # fmt: skip
    dossier = workflow.recevoir(
        cle_depot=uuid.uuid4(), lettre=lettre, personne=Personne(nom="Delcambre", age=34), fichier=None,
        urgence="ORDINAIRE", recue_le=timezone.now() - timedelta(hours=2), acteur=distribution.acteur("juriste"),
    )  # fmt: skip
    inscrire_le_retard(dossier.echeances.get(nom="reponse"))
    if reglee:
        echeances.tenir(dossier=dossier, nom="reponse")
    return str(dossier.reference)


@pytest.mark.parametrize("largeur", [1280, 390])
def test_le_registre_se_lit_sur_un_bureau_et_au_telephone(
    visiter: Callable[..., Visite], distribution: Distribution, largeur: int
) -> None:
    charger(lire(TABLE))
    distribution.utilisateur("directrice")
    references = [manquer(distribution, reglee=reglee) for reglee in (False, True)]
    visite = visiter("juriste", largeur=largeur)
    page = visite.aller("/requisitions/?vue=incidents")
    lignes = page.locator(".table--cards tbody tr")
    assert lignes.count() == 2
    for ligne in lignes.all():
        assert any(reference in ligne.inner_text() for reference in references)
        assert ligne.locator("td").evaluate_all("cases => cases.map(c => c.dataset.l)") == COLONNES
        assert "art. 60-1" in ligne.inner_text()
    page.get_by_text("Dépassé de 1\u00a0h\u00a030").wait_for()
    page.get_by_text("Réglée avec 1\u00a0h\u00a030 de retard").wait_for()
    empilee = lignes.first.locator("td").evaluate_all("cases => new Set(cases.map(c => c.offsetLeft)).size === 1")
    assert empilee == (largeur == 390)
    voir(visite, f"registre-{largeur}")
