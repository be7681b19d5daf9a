"""The health contract in real Chromium: the référente plans, the pilot moves and measures, a partner registers a stand."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from accueil.demonstration.programme import peupler_programme
from fiches.chargement import charger
from tests.distribution import DONNEES, Distribution

pytestmark = pytest.mark.django_db(transaction=True)
BASE = "/conventions/cls-2025"
PAGES = ("/", "/programme/", "/programme/cancers/depistages/", "/evenements/", "/evenements/village-sante-des-femmes/")


def large(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"))


def garder(page: Page, nom: str) -> None:
    """A picture of the page, when somebody asks to look."""
    if dossier := os.environ.get("TDU_IMAGES"):
        page.screenshot(path=str(Path(dossier) / f"{nom}.png"), full_page=True)


@pytest.mark.parametrize("largeur", [1280, 390])
def test_chaque_page_du_programme_est_accessible_et_tient_dans_l_ecran(
    distribution: Distribution, visiter: Callable[..., object], largeur: int
) -> None:
    charger(DONNEES)
    for nom in ("cls", "cpam"):
        distribution.utilisateur(nom)
    peupler_programme()
    visite = visiter("cls", largeur=largeur)
    for rang, adresse in enumerate((*PAGES, "/programme/cancers/depistages/planifier/")):
        page = visite.aller(BASE + adresse)
        garder(page, f"programme-{largeur}-{rang}")
        assert large(page), adresse
        visite.accessible()


def test_du_plan_a_la_mesure_puis_au_stand(distribution: Distribution, visiter: Callable[..., object]) -> None:
    charger(DONNEES)
    suivi, partenaire = visiter("cls"), visiter("cpam", largeur=390)
    page = suivi.aller(f"{BASE}/programme/cancers/depistages/")
    page.get_by_role("link", name="Planifier").click()
    page.get_by_label("Institution pilote").select_option(label="Caisse primaire d’assurance maladie du Hainaut")
    page.get_by_label("Qui l’a décidé").fill("Comité d’essai")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("La planification est enregistrée.")).to_be_visible()
    page = partenaire.aller("/convention/")
    page.get_by_role("link", name="Mobilisation autour des campagnes").click()
    page.get_by_label("Engager l’action").check()
    page.get_by_label("Pourquoi").fill("Campagne lancée")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("l’action est en cours")).to_be_visible()
    page.get_by_text("Ajouter un indicateur").click()
    page.get_by_label("Ce que l’on compte").fill("Invitations")
    page.get_by_label("Qui a choisi cet indicateur").fill("Comité d’essai")
    page.get_by_role("button", name="Ajouter l’indicateur").click()
    page.get_by_text("Saisir une valeur").click()
    page.get_by_label("Valeur", exact=True).fill("beaucoup")
    page.get_by_role("button", name="Enregistrer la valeur").click()
    expect(page.get_by_text("Écrivez un nombre")).to_have_count(2)
    expect(page.get_by_text("Écrivez un nombre").last).to_be_visible()
    partenaire.accessible()
    garder(page, "programme-390-erreur")
    page = partenaire.aller(f"{BASE}/evenements/village-sante-des-femmes/")
    page.get_by_text("Inscrire un stand").last.click()
    formulaire = page.locator("form[action$='/4/']")
    formulaire.get_by_label("Nom du stand").fill("Droits")
    formulaire.get_by_label("Institution qui le tient").select_option(index=1)
    formulaire.get_by_label("Professionnels et bénévoles").fill("4")
    formulaire.get_by_label("Source").fill("Plan d’essai")
    formulaire.get_by_role("button", name="Inscrire le stand").click()
    expect(page.get_by_text("1 stand inscrit, 4 professionnels et bénévoles")).to_be_visible()
    partenaire.accessible()
