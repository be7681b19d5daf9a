"""The body diagram by keyboard alone, and without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from signalements.models import Signalement
from tests.navigateur.conftest import Visite
from tests.signalements.situation import brouillon

pytestmark = pytest.mark.django_db(transaction=True)


def test_les_lesions_se_notent_au_clavier(visiter: Callable[..., Visite], soignante: object) -> None:
    dossier = brouillon(soignante)
    visite = visiter("soignante")
    page = visite.aller(f"/signalements/{dossier.cle}/faits/")
    visite.accessible()
    page.get_by_role("button", name="Bras gauche", exact=True).press("Enter")
    expect(page.locator("#id_lesions-0-nature")).to_be_focused()
    page.keyboard.type("Ecch")
    page.locator("#id_lesions-0-dimensions").fill("3 × 2 cm")
    expect(page.get_by_role("button", name="Bras gauche, lésion 1")).to_be_visible()
    # No free row is left: the page is kept and opens one more.
    page.get_by_role("button", name="Nuque").press(" ")
    expect(page.get_by_label("Partie du corps").nth(1)).to_have_value("DOS_COU")
    page.get_by_label("Ce que vous voyez").nth(1).select_option("TRACE")
    page.get_by_label("Jour et heure de votre examen").fill("2026-11-22T01:25")
    page.get_by_label("Ce que vous avez constaté").fill("Deux lésions.")
    page.get_by_label("Date ou période des faits").fill("la veille")
    page.get_by_label("Lien avec l’auteur désigné").select_option("EX_CONJOINT")
    visite.accessible()
    page.get_by_role("button", name="Enregistrer et continuer").press("Enter")
    expect(page.get_by_role("heading", name="Danger et emprise")).to_be_visible()
    lesions = Signalement.objects.get(pk=dossier.pk).lesions
    assert [(lesion["zone"], lesion["nature"]) for lesion in lesions] == [
        ("FACE_BRAS_G", "ECCHYMOSE"),
        ("DOS_COU", "TRACE"),
    ]


def test_sans_javascript_la_liste_suffit(visiter: Callable[..., Visite], soignante: object) -> None:
    dossier = brouillon(soignante)
    page = visiter("soignante", largeur=390, scripts=False).aller(f"/signalements/{dossier.cle}/faits/")
    page.get_by_label("Partie du corps").select_option("FACE_COU")
    page.get_by_label("Ce que vous voyez").select_option("TRACE")
    page.get_by_role("button", name="Ajouter une lésion").click()
    expect(page.get_by_label("Partie du corps")).to_have_count(2)
    expect(page.get_by_label("Partie du corps").first).to_have_value("FACE_COU")
