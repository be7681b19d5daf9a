"""Access to a case in real Chromium: the list of readers, a colleague kept out, an identity shown and masked again."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.distribution import Distribution
from tests.signalements.situation import JETON, transmis

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dossier(distribution: Distribution) -> Any:
    for nom in ("parquet", "infirmiere", "dpo", "cadre"):
        distribution.utilisateur(nom)
    return transmis(distribution.acteur("soignante"))


def confirmer(visite: Any) -> None:
    """The session of this window proves who it is, as the confirmation page would record it."""
    from importlib import import_module

    from django.conf import settings

    cle = next(b["value"] for b in visite.page.context.cookies() if b["name"] == settings.SESSION_COOKIE_NAME)
    session = import_module(settings.SESSION_ENGINE).SessionStore(cle)
    session["eleve_le"] = int(time.time())
    session.save()


def debordement(page: Any) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("largeur", [1280, 390])
def test_l_auteur_lit_qui_peut_voir_et_ecarte_une_collegue(
    visiter: Callable[..., Any], dossier: Any, largeur: int
) -> None:
    visite = visiter("soignante", largeur=largeur)
    page = visite.aller(f"/signalements/{dossier.cle}/suivi/")
    page.get_by_role("link", name="Qui peut voir ce dossier").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Qui peut voir ce dossier")
    visite.accessible()
    page.get_by_label("Nom ou adresse électronique").fill("Maillard")
    page.get_by_role("button", name="Chercher un collègue").click()
    page.get_by_label("Zoé Maillard").check()
    page.get_by_label("Proche de la personne concernée").check()
    visite.accessible()
    page.get_by_role("button", name="Écarter du dossier").click()
    expect(page.get_by_text("Elle n’en est pas avertie.").first).to_be_visible()
    expect(page.get_by_role("heading", name="Personnes écartées")).to_be_visible()
    assert debordement(page) == 0


def test_sans_script_on_affiche_l_identite_deux_minutes_sur_motif(visiter: Callable[..., Any], dossier: Any) -> None:
    visite = visiter("soignante", scripts=False)
    page = visite.aller(f"/signalements/{dossier.cle}/suivi/")
    assert JETON["nom"] not in page.content()
    page.get_by_text("Relire ce que vous avez transmis").click()
    page.get_by_text("Afficher l’identité").click()
    page.get_by_label("Motif").select_option("JOINDRE")
    page.get_by_role("button", name="Afficher 2 minutes").click()
    expect(page.locator("main")).to_contain_text(JETON["nom"])
    assert page.locator("svg.filigrane").count() == 1
    page.goto(f"{visite.base}/accueil/")
    page.goto(f"{visite.base}/signalements/{dossier.cle}/suivi/")
    assert JETON["nom"] not in page.content()


def test_au_bout_de_deux_minutes_la_page_se_masque_toute_seule(visiter: Callable[..., Any], dossier: Any) -> None:
    visite = visiter("parquet")
    page = visite.page
    page.clock.install()
    visite.aller(f"/parquet/{dossier.cle}/")
    page.get_by_text("Afficher l’identité").click()
    page.get_by_label("Motif").select_option("TRAITER")
    page.get_by_role("button", name="Afficher 2 minutes").click()
    expect(page.locator(".masked--ouvert")).to_contain_text(JETON["nom"])
    page.locator("#recherche").fill("REQ-2026")
    page.clock.fast_forward(121_000)
    expect(page.locator("[data-masquable]").first).to_have_text("Identité masquée")
    assert JETON["nom"] not in page.locator("main").inner_text()
    assert page.locator("svg.filigrane").count() == 0
    assert page.locator("#recherche").input_value() == "REQ-2026"


@pytest.mark.parametrize("largeur", [1280, 390])
def test_une_collegue_ouvre_un_acces_exceptionnel_que_la_protection_examine(
    visiter: Callable[..., Any], dossier: Any, largeur: int
) -> None:
    visite = visiter("infirmiere", largeur=largeur)
    confirmer(visite)
    page = visite.aller("/acces-exceptionnels/ouvrir/")
    visite.accessible()
    page.get_by_label("Référence du dossier").fill(dossier.reference)
    page.get_by_label("Raison").select_option("ABSENCE")
    page.get_by_label("Motif", exact=True).fill("La patiente revient, l’auteur du dossier est injoignable.")
    page.get_by_role("button", name="Ouvrir 60 minutes").click()
    expect(page.get_by_role("heading", name="Accès exceptionnel, en lecture seule")).to_be_visible()
    visite.accessible()
    assert debordement(page) == 0
    delegue = visiter("dpo", largeur=largeur)
    liste = delegue.aller("/acces-exceptionnels/")
    delegue.accessible()
    liste.get_by_label("Accès justifié").check()
    liste.get_by_role("button", name="Enregistrer l’examen").click()
    expect(liste.get_by_text("L’examen est enregistré.")).to_be_visible()
    delegue.accessible()
    assert debordement(liste) == 0
