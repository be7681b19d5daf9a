"""Kept objects, lived in a real browser: locked away at night, listed on a telephone, handed over at the counter."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from requisitions.table import charger, lire
from tests.navigateur.conftest import Visite
from tests.navigateur.test_requisition import acte, cliquer
from tests.navigateur.test_requisition_actes import SERRE, deposer, en_flagrance, personne, remettre, valider
from tests.requisitions.conftest import TABLE

__all__ = ["acte"]


def effets(page: Page) -> None:
    en_flagrance(page)
    page.get_by_label("Nature").select_option("EFFETS")
    personne(page, "victime")


def inventorier(securite: Visite, adresse: str) -> None:
    """The keeper is the first hand; a line more loses nothing of what is typed."""
    page = securite.aller(f"{adresse}gel/")
    page.get_by_label("Où les effets sont gardés").fill("Coffre n° 2")
    cliquer(page, "Enregistrer")
    cliquer(page, "Faire l’inventaire", "link")
    securite.accessible()
    assert page.evaluate("document.documentElement.scrollWidth") <= SERRE
    page.get_by_label("Numéro du scellé").fill("EF-1")
    page.get_by_label("Objet et état").fill("Veste bleue, manche coupée")
    cliquer(page, "Ajouter un effet")
    expect(page.get_by_label("Objet et état").first).to_have_value("Veste bleue, manche coupée")
    page.get_by_label("Objet et état").nth(1).fill("Téléphone noir, éteint")
    expect(page.get_by_label("Où", exact=True)).to_have_value("Coffre n° 2")
    cliquer(page, "Enregistrer l’inventaire")
    expect(page.get_by_text("L’inventaire est enregistré.")).to_be_visible()
    expect(page.get_by_text("Téléphone noir, éteint")).to_be_visible()
    securite.accessible()


@pytest.mark.django_db(transaction=True)
def test_des_effets_du_depot_au_comptoir(visiter, distribution, acte):
    charger(lire(TABLE))
    distribution.utilisateur("gendarme").rattachements.update(qualite="OPJ")
    gendarme, juriste = visiter("gendarme"), visiter("juriste")
    securite = visiter("securite", largeur=SERRE)
    adresse = deposer(gendarme, effets, acte)
    valider(juriste, adresse, medecin=False)
    inventorier(securite, adresse)
    remettre(juriste, adresse)
    page = gendarme.aller(f"{adresse}retrait/")
    expect(page.get_by_text("EF-1").first).to_be_visible()
    page = securite.aller(f"{adresse}gel/")
    cliquer(page, "Remettre en main propre", "link")
    page.locator("#id_nom").fill("Adj. Caradec, gendarmerie")
    page.get_by_label("Carte professionnelle").check()
    page.get_by_label("Remis le").fill(f"{timezone.localtime():%Y-%m-%dT%H:%M}")
    cliquer(page, "Enregistrer la remise")
    page = juriste.aller(adresse)
    expect(page.get_by_text("à Adj. Caradec, gendarmerie").first).to_be_visible()
    juriste.accessible()
