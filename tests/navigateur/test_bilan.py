"""The référente reads the year, asks for the PDF, sees it being made, downloads it."""

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.db import close_old_connections, connection

from tests.bilans.scene import Annee, jour
from tests.distribution import Distribution

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def annee_remplie(distribution: Distribution) -> Annee:
    annee = Annee(distribution)
    for rang in range(24):
        annee.signalement(jour(1 + rang % 6), "VC_SANS_ACCORD" if rang % 2 else "MAJEUR_AVEC_ACCORD", ar=35)
        annee.requisition(jour(1 + rang % 6))
    return annee


def au_fond(tache: Callable[[], Any]) -> Thread:
    """The worker, beside the browser."""

    def courir() -> None:
        try:
            tache()
        finally:
            close_old_connections()
            connection.close()

    fil = Thread(target=courir)
    fil.start()
    return fil


@pytest.mark.parametrize("largeur", [1280, 390])
def test_la_referente_exporte_le_bilan(
    annee_remplie: Annee, visiter: Callable[..., Any], travailler: Callable[[], int], largeur: int
):
    visite = visiter("referente", largeur=largeur)
    page = visite.aller("/bilan/2026/")
    assert page.get_by_role("heading", name="Bilan annuel 2026").is_visible()
    assert page.locator("dl.kpis .v").first.inner_text() == "24"
    assert page.locator("figure.chart svg").first.is_visible()
    page.get_by_text("Voir les données").first.click()
    assert page.locator("figure.chart table").first.is_visible()
    visite.accessible()
    page.get_by_role("button", name="Exporter en PDF").click()
    page.get_by_role("heading", name="Export du bilan 2026").wait_for()
    assert page.get_by_role("progressbar").is_visible()
    visite.accessible()
    fil = au_fond(travailler)
    lien = page.get_by_role("link", name="Télécharger le PDF")
    lien.wait_for(state="visible", timeout=60_000)
    fil.join()
    with page.expect_download() as telechargement:
        lien.click()
    assert telechargement.value.suggested_filename == "bilan-2026.pdf"
    assert telechargement.value.path().read_bytes().startswith(b"%PDF")


def test_sans_javascript_on_actualise(annee_remplie: Annee, visiter: Callable[..., Any], travailler: Callable[[], int]):
    page = visiter("juriste", scripts=False).aller("/bilan/2026/")
    page.get_by_role("button", name="Exporter en PDF").click()
    assert "En attente" in page.locator("[data-progression-libelle]").inner_text()
    au_fond(travailler).join()
    page.get_by_role("link", name="Actualiser").click()
    assert page.get_by_role("link", name="Télécharger le PDF").is_visible()


@pytest.mark.parametrize("chapitre", ["signalements", "requisitions", "detenus", "convention"])
def test_chaque_chapitre_est_accessible(annee_remplie: Annee, visiter: Callable[..., Any], chapitre: str):
    visite = visiter("parquet", sombre=chapitre in {"requisitions", "convention"})
    page = visite.aller(f"/bilan/2026/?chapitre={chapitre}")
    assert page.locator("nav.tabs [aria-current=page]").count() == 1
    visite.accessible()
