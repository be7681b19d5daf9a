"""Journeys 1 and 2 in real Chromium: the nurse's night, the prosecutor's morning."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from dossiers.models import Dossier
from signalements.models import Signalement
from tests.navigateur.conftest import Visite
from tests.signalements.situation import references

pytestmark = pytest.mark.django_db(transaction=True)


def continuer(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer et continuer").click()


def remplir_personne(page: Page) -> None:
    page.get_by_label("Nom (facultatif)", exact=True).fill("Varlet-Dumesnil")
    page.get_by_label("Femme").check()
    page.get_by_label("Âge, même approché").fill("39")
    page.get_by_label("Comment la joindre sans danger").fill("Par sa sœur, après 18 h.")
    continuer(page)


def remplir_faits(page: Page) -> None:
    page.get_by_label("Jour et heure de votre examen").fill("2026-11-22T01:25")
    page.get_by_label("J’ai moi-même examiné la personne").check()
    page.get_by_label("Ce que vous avez constaté").fill("Ecchymoses du cou (2).")
    page.get_by_label("Ce que la personne déclare").fill("Elle déclare : « Il m’a serré le cou. »")
    page.get_by_label("Date ou période des faits").fill("la veille vers 23 h")
    page.get_by_label("Lien avec l’auteur désigné").select_option("EX_CONJOINT")
    continuer(page)


def remplir_danger(page: Page) -> None:
    """Interrupted after the first answers: they are found again."""
    page.locator("#id_d06_0").check(force=True)
    page.locator("#id_danger_immediat_0").check()
    page.get_by_label("Ce qui fonde le danger").fill("Séparation annoncée.")
    with page.expect_response(lambda reponse: "/brouillons/" in reponse.url, timeout=15_000):
        pass
    page.reload()
    expect(page.get_by_label("Ce qui fonde le danger")).to_have_value("Séparation annoncée.")
    continuer(page)
    expect(page.get_by_role("alert").first).to_contain_text("Répondez")
    page.locator("#id_emprise_0").check()
    page.get_by_label("Ce qui fonde l’emprise").fill("Isolée de sa famille.")
    continuer(page)


def remplir_accord_et_abri(page: Page) -> None:
    page.locator("#id_accord_recherche_0").check()
    page.get_by_label("Elle refuse").check()
    page.get_by_label("Oui, elle est informée").check()
    continuer(page)
    page.get_by_label("Mesures prises").fill("Lit-porte sous confidentialité.")
    continuer(page)
    page.get_by_role("link", name="Continuer").click()


def ecrire(visite: Visite) -> Page:
    page = visite.aller("/signalements/nouveau/vc-sans-accord/")
    visite.accessible()
    page.get_by_role("button", name="Commencer le signalement").click()
    remplir_personne(page)
    remplir_faits(page)
    remplir_danger(page)
    remplir_accord_et_abri(page)
    return page


def transmettre(visite: Visite) -> None:
    page = visite.page
    expect(page.get_by_role("heading", name="Vérifier et transmettre")).to_be_visible()
    expect(page.get_by_text("Mme V., 39 ans")).to_be_visible()
    expect(page.get_by_text("Varlet-Dumesnil")).to_have_count(0)
    visite.accessible()
    page.get_by_label("Où le destinataire peut vous rappeler").fill("01 99 00 12 34")
    page.get_by_label("J’ai lu les points signalés").check()
    page.get_by_label("Je transmets ce signalement en conscience").check()
    page.get_by_role("button", name="Transmettre au parquet").click()
    expect(page.get_by_role("heading", name="Signalement transmis")).to_be_visible()


def instruire(visite: Visite) -> Page:
    page = visite.aller("/parquet/")
    expect(page.get_by_text("Femme, 39 ans")).to_be_visible()
    visite.accessible()
    page.get_by_role("link", name="Violences dans le couple").click()
    expect(page.get_by_text("Ecchymoses du cou (2).")).to_be_visible()
    visite.accessible()
    page.get_by_role("button", name="Accuser réception").click()
    page.get_by_label("Ce que vous demandez").fill("Quelle est l’adresse des faits ?")
    page.get_by_role("button", name="Envoyer la demande").click()
    expect(page.get_by_text("Complément demandé").first).to_be_visible()
    return page


def donner_suite(page: Page) -> None:
    page.reload()
    expect(page.get_by_text("12 rue des Dentelles.")).to_be_visible()
    page.get_by_role("link", name="Enregistrer une suite").click()
    page.get_by_label("Suite", exact=True).select_option("TGD")
    page.get_by_label("Ce que lit l’auteur du signalement").fill("La personne est protégée.")
    page.get_by_role("button", name="Enregistrer et informer").click()
    expect(page.get_by_text("Téléphone grave danger").first).to_be_visible()


def test_une_nuit_de_signalement_puis_le_matin_du_parquet(visiter: Callable[..., Visite]) -> None:
    references()
    soignante = visiter("soignante")
    ecrire(soignante)
    transmettre(soignante)
    dossier = Dossier.objects.get()
    assert dossier.etat == "TRANSMIS"
    assert Signalement.objects.get().fige_le is not None

    parquet = instruire(visiter("parquet"))
    page = soignante.aller(f"/signalements/{dossier.cle}/suivi/")
    expect(page.get_by_text("Quelle est l’adresse des faits ?")).to_be_visible()
    page.get_by_label("Votre complément").fill("12 rue des Dentelles.")
    page.get_by_role("button", name="Transmettre le complément").click()
    donner_suite(parquet)
    page.reload()
    expect(page.get_by_text("La personne est protégée.")).to_be_visible()
    expect(page.get_by_text("Téléphone grave danger")).to_have_count(0)
    soignante.accessible()


@pytest.mark.parametrize("largeur", [390, 1280])
def test_les_pages_ne_debordent_pas(visiter: Callable[..., Visite], largeur: int) -> None:
    references()
    visite = visiter("soignante", largeur=largeur)
    page = visite.aller("/signalements/nouveau/majeur-avec-accord/")
    page.get_by_role("button", name="Commencer le signalement").click()
    racine = page.url.removesuffix("personne/").removeprefix(visite.base)
    for etape in ("", "personne/", "faits/", "danger/", "accord/", "abri/", "pieces/", "verifier/", "decision/"):
        page = visite.aller(racine + etape)
        visite.accessible()
        assert page.evaluate("document.documentElement.scrollWidth") <= largeur, etape


def test_le_parcours_s_ecrit_aussi_sans_javascript(visiter: Callable[..., Visite]) -> None:
    references()
    page = visiter("soignante", scripts=False).aller("/signalements/nouveau/vc-sans-accord/")
    page.get_by_role("button", name="Commencer le signalement").click()
    remplir_personne(page)
    remplir_faits(page)
    expect(page.get_by_role("heading", name="Danger et emprise", level=1)).to_be_visible()
