"""What was typed more than five seconds ago survives a network cut, a dead browser and a second window; keys move a list."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Route, expect

from dossiers.models import Brouillon
from tests.distribution import Distribution
from tests.navigateur.conftest import Visite
from tests.requisitions.conftest import octets_pdf
from tests.signalements.situation import brouillon, references, transmis

pytestmark = pytest.mark.django_db(transaction=True)
MOTIF = "Ce qui fonde le danger"


@pytest.fixture
def danger(visiter: Callable[..., Visite], distribution: Distribution) -> tuple[Visite, str]:
    """The nurse's window on the page where she says what the danger is."""
    references()
    dossier = brouillon(distribution.acteur("soignante"))
    return visiter("soignante"), f"/signalements/{dossier.cle}/danger/"


@contextmanager
def enregistrement(page: Page) -> Iterator[None]:
    """Wait until the server took what is typed meanwhile: the page may say an earlier hour from the start."""
    with page.expect_response(lambda reponse: reponse.request.method == "POST" and reponse.ok, timeout=15_000):
        yield
    expect(page.locator("[data-brouillon-etat]").first).to_contain_text("Enregistré à")


def garde() -> str:
    """What the server keeps of that field."""
    return str(Brouillon.objects.get().donnees.get("danger", {}).get("motif_danger", ""))


def test_une_coupure_du_reseau_se_dit_et_se_rattrape(danger: tuple[Visite, str]) -> None:
    visite, adresse = danger
    page = visite.aller(adresse)
    page.context.set_offline(True)
    page.get_by_label(MOTIF).fill("Menaces devant témoin.")
    expect(page.get_by_role("alert").filter(has_text="Non enregistré")).to_be_visible(timeout=10_000)
    assert garde() == ""
    with enregistrement(page):
        page.context.set_offline(False)
    assert garde() == "Menaces devant témoin."
    assert all("ERR_INTERNET_DISCONNECTED" in message for message in visite.messages)
    visite.messages.clear()


def test_un_navigateur_tue_ne_perd_pas_ce_qui_avait_cinq_secondes(
    danger: tuple[Visite, str], visiter: Callable[..., Visite]
) -> None:
    visite, adresse = danger
    page = visite.aller(adresse)
    with enregistrement(page):
        page.get_by_label(MOTIF).fill("Il a repris l’arme.")
    page.context.close()
    autre = visiter("soignante").aller(adresse)
    expect(autre.get_by_label(MOTIF)).to_have_value("Il a repris l’arme.")


def test_quitter_la_page_avant_cinq_secondes_garde_aussi(danger: tuple[Visite, str]) -> None:
    visite, adresse = danger
    page = visite.aller(adresse)
    page.on("dialog", lambda question: question.accept())
    page.get_by_label(MOTIF).fill("Parti trop vite.")
    visite.aller("/signalements/")
    visite.aller(adresse)
    expect(page.get_by_label(MOTIF)).to_have_value("Parti trop vite.")


def test_ce_qui_est_tape_avant_l_arrivee_du_script_se_garde_aussi(danger: tuple[Visite, str]) -> None:
    """A slow line: the field is there before the autosave is."""
    visite, adresse = danger
    retenus: list[Route] = []
    visite.page.route("**/brouillon*.js", lambda route: retenus.append(route))
    visite.page.goto(visite.base + adresse, wait_until="commit")
    visite.page.get_by_label(MOTIF).fill("Tapé trop tôt.")
    assert garde() == ""
    with enregistrement(visite.page):
        for retenu in retenus:
            retenu.continue_()
    assert garde() == "Tapé trop tôt."


def test_une_page_ouverte_sans_rien_taper_n_enregistre_rien(danger: tuple[Visite, str]) -> None:
    visite, adresse = danger
    envois: list[str] = []
    visite.page.on("request", lambda requete: envois.append(requete.url) if requete.method == "POST" else None)
    visite.page.clock.install()
    visite.aller(adresse)
    visite.page.clock.run_for(6_000)
    assert envois == []


def test_deux_fenetres_montrent_leurs_deux_textes(danger: tuple[Visite, str]) -> None:
    visite, adresse = danger
    page = visite.aller(adresse)
    seconde = page.context.new_page()
    seconde.goto(visite.base + adresse)
    with enregistrement(page):
        page.get_by_label(MOTIF).fill("Écrit dans la première.")

    seconde.get_by_label(MOTIF).fill("Écrit dans la seconde.")
    expect(seconde.get_by_role("alert").filter(has_text="autre fenêtre")).to_be_visible(timeout=10_000)
    assert garde() == "Écrit dans la première."
    seconde.get_by_role("button", name="Enregistrer et continuer").click()
    expect(seconde.get_by_role("heading", name="Cette page a été modifiée dans une autre fenêtre")).to_be_visible()
    expect(seconde.get_by_text("Écrit dans la première.")).to_be_visible()
    expect(seconde.get_by_label(MOTIF)).to_have_value("Écrit dans la seconde.")

    seconde.get_by_label(MOTIF).fill("Écrit dans les deux.")
    seconde.get_by_role("button", name="Reprendre plus tard").click()
    seconde.wait_for_url("**/signalements/")
    assert garde() == "Écrit dans les deux."


def test_une_photo_se_choisit_depuis_le_telephone(danger: tuple[Visite, str]) -> None:
    """The picker offers the camera: a picture type is accepted and nothing forces the gallery."""
    visite, adresse = danger
    page = visite.aller(adresse.replace("danger", "pieces"))
    champ = page.locator("input[type=file]").first
    assert "image/" in (champ.get_attribute("accept") or "")
    with page.expect_file_chooser() as choix:
        champ.click()
    assert not choix.value.is_multiple()


def test_les_touches_parcourent_la_boite_du_parquet(
    visiter: Callable[..., Visite], distribution: Distribution, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("documents.render.rendre_pdf", lambda gabarit, contexte, **_: octets_pdf(gabarit))
    references()
    distribution.utilisateur("parquet")
    for _ in range(3):
        transmis(distribution.acteur("soignante"))
    page = visiter("parquet").aller("/parquet/")
    liens = page.locator("a.rowlink")
    expect(liens).to_have_count(3)
    for touche, rang in (("j", 0), ("j", 1), ("j", 2), ("j", 2), ("k", 1)):
        page.keyboard.press(touche)
        expect(liens.nth(rang)).to_be_focused()
    adresse = liens.nth(1).get_attribute("href")
    page.keyboard.press("/")
    expect(page.locator("[data-recherche]").first).to_be_focused()
    page.keyboard.type("jjk")
    expect(page.locator("[data-recherche]").first).to_have_value("jjk")
    page.keyboard.press("Tab")
    liens.nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{adresse}")


def test_se_reconnecter_ailleurs_rend_sa_voix_a_la_page_ouverte(danger: tuple[Visite, str]) -> None:
    """The token of the page died with the session; the same person's new one saves what was typed meanwhile."""
    visite, adresse = danger
    page = visite.aller(adresse)
    page.context.clear_cookies(name="csrftoken")
    with page.expect_response(lambda reponse: "/brouillons/" in reponse.url and reponse.ok, timeout=20_000):
        page.get_by_label(MOTIF).fill("Tapé pendant la coupure.")
    expect(page.locator("[data-brouillon-etat]").first).to_contain_text("Enregistré à")
    assert garde() == "Tapé pendant la coupure."
    assert all("403" in message for message in visite.messages)
    visite.messages.clear()
