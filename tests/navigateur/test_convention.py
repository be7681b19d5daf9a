"""An amendment from its draft to its entry into force: the référente writes, nine parties sign, in real Chromium."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from convention.models import VersionConvention
from tests.convention.accord import MOTIF, SIGNATAIRES, charger_accord
from tests.distribution import Distribution
from tests.navigateur.test_habilitations import eleve

pytestmark = pytest.mark.django_db(transaction=True)
VERSION = "/conventions/chv-2025/versions/avenant-1/"


def test_un_avenant_va_du_projet_a_l_entree_en_vigueur(
    distribution: Distribution, visiter: Callable[..., object]
) -> None:
    charger_accord(distribution)
    referente = visiter("referente")
    page = referente.aller("/convention/")
    referente.accessible()
    page.get_by_role("link", name="Proposer un avenant").click()
    page.get_by_label("Motif").fill(MOTIF)
    page.get_by_label("Date d’effet").fill(
        page.evaluate("new Date().toLocaleDateString('sv', {timeZone: 'Europe/Paris'})")
    )
    referente.accessible()
    page.get_by_role("button", name="Ouvrir l’avenant").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Rédiger")
    referente.accessible()
    page.locator("#id_articles-4-texte").fill("Chaque thématique a son groupe.")
    page.get_by_role("button", name="Enregistrer le texte").click()
    page.get_by_role("button", name="Ouvrir à la signature").click()
    expect(page.get_by_text("9 signatures manquent.")).to_be_visible()
    referente.accessible()
    for rang, nom in enumerate(SIGNATAIRES.values()):
        signataire = visiter(nom, largeur=390 if rang == 0 else 1280)
        eleve(signataire)
        vue = signataire.aller(f"{VERSION}signer/")
        if rang == 0:
            signataire.accessible()
            assert vue.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")
        vue.get_by_label("J’ai lu ce texte").check()
        vue.get_by_role("button", name="Signer").click()
        expect(vue.get_by_text("Vous avez signé pour")).to_be_visible()
    page = referente.aller("/conventions/chv-2025/")
    expect(page.get_by_text("Avenant n° 1 · version avenant-1")).to_be_visible()
    referente.accessible()
    assert VersionConvention.objects.get(numero="avenant-1").etat == "EN_VIGUEUR"
    for adresse in ("/public/convention/chv-2025/", "/titulaires/POLICE/", "/conventions/"):
        referente.aller(adresse)
        referente.accessible()
