"""Customs in a real browser: a retenue answered to the receipt, and a demand that no row foresees."""

import re

import pytest
from playwright.sync_api import Page, expect

from requisitions.table import charger, lire
from tests.navigateur.conftest import Visite
from tests.navigateur.test_requisition import acte, cliquer, ouvrir_le_pli
from tests.navigateur.test_requisition_actes import SERRE, deposer, personne, remettre, valider
from tests.requisitions.conftest import TABLE

__all__ = ["acte"]


def retenue(page: Page) -> None:
    page.locator("[name=cadre][value=AUTRE]").check()
    page.get_by_label("Autre cadre").select_option("DOUANE_ADM")
    page.get_by_label("Nature").select_option("EX_GAV")
    personne(page, "retenue_douane")


def traces(page: Page) -> None:
    page.locator("[name=cadre][value=AUTRE]").check()
    page.get_by_label("Autre cadre").select_option("DOUANE_ADM")
    page.get_by_label("Elle est déjà dans le fichier de la réquisition").check()
    page.get_by_label("Nature").select_option("LOGS")
    page.locator("[name=cible]").fill("Compte du poste des entrées")
    page.locator("[name=periode_du]").fill("2026-11-01T08:00")
    page.locator("[name=periode_au]").fill("2026-11-01T20:00")
    personne(page)


def repondre(medecin: Visite, adresse: str, fichier: str) -> None:
    """The named doctor notes the conclusion and joins volet 1."""
    page = medecin.aller(f"{adresse}volet/")
    medecin.accessible()
    page.get_by_label("Aucun", exact=True).check()
    page.get_by_label("J’ai vérifié l’identité de la personne").check()
    page.get_by_label("A donné son accord à l’examen").check()
    page.get_by_label("Examen commencé, ou refus constaté, le").fill("2026-11-24T10:00")
    page.get_by_label("Compatible", exact=True).check()
    page.get_by_label("Fichier : le certificat").set_input_files(fichier)
    cliquer(page, "Enregistrer")
    expect(page.get_by_text("C’est enregistré.")).to_be_visible()


@pytest.mark.django_db(transaction=True)
def test_une_retenue_douaniere_va_jusqu_au_recepisse(visiter, distribution, acte):
    charger(lire(TABLE))
    distribution.utilisateur("medecin")
    douanes, juriste = visiter("douanes"), visiter("juriste")
    adresse = deposer(douanes, retenue, acte)
    valider(juriste, adresse, medecin=True)
    repondre(visiter("medecin", largeur=SERRE), adresse, acte)
    remettre(juriste, adresse)
    ouvrir_le_pli(douanes, adresse)


@pytest.mark.django_db(transaction=True)
def test_une_demande_que_la_table_ne_prevoit_pas_va_aux_affaires_juridiques(visiter, distribution, acte):
    charger(lire(TABLE))
    douanes, juriste, garde = visiter("douanes"), visiter("juriste"), visiter("garde", largeur=SERRE)
    directrice = visiter("directrice", largeur=SERRE)
    adresse = deposer(douanes, traces, acte)
    page = juriste.aller(adresse)
    expect(page.get_by_role("heading", name="Combinaison non prévue")).to_be_visible()
    cliquer(page, "Commencer le contrôle")
    cliquer(page, "Proposer un refus", "link")
    expect(page.get_by_label("Motif", exact=True)).to_have_value("incompetence")
    expect(page.get_by_label("Explication")).to_have_value(re.compile("non prévue par la table"))
    cliquer(page, "Lire la lettre")
    expect(page.get_by_role("heading", name="La lettre qui partira")).to_be_visible()
    juriste.accessible()
    cliquer(page, "Proposer à la direction")
    expect(page.get_by_role("heading", name="Un refus attend le visa")).to_be_visible()
    juriste.accessible()
    expect(douanes.aller(adresse).get_by_text("efus")).to_have_count(0)
    page = directrice.aller("/requisitions/")
    expect(page.get_by_role("link", name="Refus à viser 1")).to_be_visible()
    page = directrice.aller(f"{adresse}refus/visa/")
    directrice.accessible()
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= SERRE
    cliquer(page, "Viser et envoyer le refus")
    expect(page.get_by_text("Refus visé et envoyé au requérant")).to_be_visible()
    page = douanes.aller(adresse)
    expect(page.get_by_text("Réquisition refusée").first).to_be_visible()
    page = garde.aller("/requisitions/perquisition/")
    garde.accessible()
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= SERRE
    parquet = visiter("parquet")
    parquet.aller("/requisitions/titres/")
    parquet.accessible()
