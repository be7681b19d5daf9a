"""Identity in real Chromium: a security key, an expired session, what a colleague does not find, the pages themselves."""

import time
from collections.abc import Callable, Iterator

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.accounts.identite import MOT_DE_PASSE
from tests.navigateur.conftest import Visite
from tests.navigateur.test_signalement import remplir_personne
from tests.rapport import consigner
from tests.signalements.situation import references

pytestmark = pytest.mark.django_db(transaction=True)
RECIT = "Ecchymoses du cou, deux marques."
CLE_VIRTUELLE = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": False,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def reculer(secondes: int) -> None:
    """Every open session is that much older."""
    for ligne in Session.objects.all():
        session = ligne.get_session_store_class()(ligne.session_key)
        session["ouverture"] = session["activite"] = int(time.time()) - secondes
        session.save()


def se_connecter(page: Page, courriel: str, mot: str = "Se connecter") -> None:
    page.get_by_label("Adresse électronique professionnelle").fill(courriel)
    page.get_by_label("Mot de passe").fill(MOT_DE_PASSE)
    page.get_by_role("button", name=mot).click()


def ecrire_un_brouillon(visite: Visite) -> str:
    """Type in the page of the facts, wait until the server has it; gives the address of the page."""
    references()
    page = visite.aller("/signalements/nouveau/vc-sans-accord/")
    page.get_by_role("button", name="Commencer le signalement").click()
    remplir_personne(page)
    page.get_by_label("Ce que vous avez constaté").fill(RECIT)
    with page.expect_response(lambda reponse: "/brouillons/" in reponse.url, timeout=15_000):
        pass
    return page.url


def test_une_session_expiree_rend_le_brouillon_a_son_auteur_et_a_lui_seul(
    visiter: Callable[..., Visite], distribution: object
) -> None:
    distribution.utilisateur("infirmiere")
    visite = visiter("soignante")
    page, adresse = visite.page, ecrire_un_brouillon(visite)
    reculer(11 * 3600)
    page.reload()
    expect(page).to_have_url(f"{visite.base}/connexion/")
    se_connecter(page, "soignante@demo.test")
    expect(page).to_have_url(adresse)
    expect(page.get_by_label("Ce que vous avez constaté")).to_have_value(RECIT)
    perdus = int(page.get_by_label("Ce que vous avez constaté").input_value() != RECIT)

    reculer(11 * 3600)
    page.reload()
    se_connecter(page, "infirmiere@demo.test")
    expect(page.get_by_role("button", name="Masquer")).to_be_visible()
    assert page.url != adresse, "une collègue ne tombe pas sur la page de l’autre"
    croisees = int(RECIT in page.content())
    visite.messages.clear()
    reponse = page.goto(adresse)
    croisees += int(reponse.status != 404) + int(RECIT in page.content())
    visite.messages.clear()  # Chromium reports the 404 that was asked for
    assert (perdus, croisees) == (0, 0)
    consigner("sec-22", brouillons_perdus=perdus, croises=croisees)


def test_l_avertissement_precede_le_verrou_et_se_repousse_d_un_geste(visiter: Callable[..., Visite]) -> None:
    visite = visiter("soignante")
    visite.aller("/compte/")
    reculer(13 * 60 + 30)
    page = visite.page
    page.evaluate("document.body.dataset.verrouA = new Date(Date.now() + 80_000).toISOString()")
    avis = page.get_by_role("alertdialog", name="Verrouillage dans 2 minutes")
    expect(avis).to_be_visible(timeout=8_000)
    visite.accessible()
    page.get_by_role("button", name="Rester connecté").click()
    expect(avis).to_be_hidden()
    visite.aller("/recherche/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "/verrouille/" not in page.url


@pytest.fixture
def fenetre(chromium: object, live_server: object) -> Iterator[Page]:
    """A new browser with a virtual security key; a key needs a domain, so `localhost`."""
    contexte = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    contexte.set_default_timeout(10_000)
    page = contexte.new_page()
    cdp = contexte.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": CLE_VIRTUELLE})
    erreurs: list[str] = []
    page.on("console", lambda m: erreurs.append(m.text) if m.type in {"error", "warning"} else None)
    page.goto(live_server.url.replace("127.0.0.1", "localhost") + "/connexion/")
    yield page
    contexte.close()
    assert erreurs == []


def test_une_cle_de_securite_s_enregistre_puis_ouvre_le_compte(
    fenetre: Page, distribution: object, settings: object
) -> None:
    settings.MODE_DEMONSTRATION = False
    distribution.utilisateur("opj")
    page = fenetre
    page.reload()
    se_connecter(page, "opj@demo.test", "Continuer")
    expect(page.get_by_role("heading", name="Second facteur")).to_be_visible()
    page.get_by_role("link", name="Ajouter une clé de sécurité").click()
    page.get_by_label("Nom de cette clé").fill("Clé du bureau")
    page.get_by_role("button", name="Enregistrer ma clé de sécurité").click()
    expect(page.get_by_text("Votre clé de sécurité est enregistrée")).to_be_visible()
    expect(page.locator(".list .ref")).to_have_count(10)
    page.get_by_role("button", name="J’ai noté mes codes").click()
    expect(page.get_by_role("button", name="Masquer")).to_be_visible()

    racine = page.evaluate("location.origin")
    page.context.clear_cookies()
    page.goto(racine + "/connexion/")
    se_connecter(page, "opj@demo.test", "Continuer")
    expect(page.get_by_role("heading", name="Entrer le code à 6 chiffres")).to_be_visible()
    page.get_by_role("button", name="Utiliser ma clé de sécurité").click()
    expect(page.get_by_role("button", name="Masquer")).to_be_visible()

    for ligne in Session.objects.all():
        session = ligne.get_session_store_class()(ligne.session_key)
        session["eleve_le"] = 0
        session.save()
    page.goto(racine + "/compte/mot-de-passe/")
    expect(page.get_by_role("heading", name="Confirmer que c’est vous")).to_be_visible()
    page.get_by_role("button", name="Utiliser ma clé de sécurité").click()
    expect(page.get_by_role("heading", name="Changer de mot de passe")).to_be_visible()


@pytest.mark.parametrize("largeur", [390, 1280])
def test_les_pages_d_identite_tiennent_et_sont_accessibles(visiter: Callable[..., Visite], largeur: int) -> None:
    visite = visiter("soignante", largeur=largeur)
    page = visite.page
    visite.aller("/confirmer/?next=/compte/")
    visite.accessible()
    page.get_by_label("Votre mot de passe").fill(MOT_DE_PASSE)
    page.get_by_role("button", name="Confirmer", exact=True).click()
    for chemin in (
        "",
        "mot-de-passe/",
        "code-personnel/",
        "verification/",
        "verification/application/",
        "verification/cle/",
    ):
        visite.aller(f"/compte/{chemin}")
        visite.accessible()
        assert page.evaluate("document.documentElement.scrollWidth") <= largeur, chemin
    page.get_by_role("button", name="Masquer").click()
    visite.accessible()
    page.get_by_role("button", name="Ce n’est pas moi, se déconnecter").click()
    for chemin in ("/connexion/", "/connexion/oubli/", "/connexion/mot-de-passe/"):
        visite.aller(chemin)
        visite.accessible()
        assert page.evaluate("document.documentElement.scrollWidth") <= largeur, chemin
    assert User.objects.filter(courriel="soignante@demo.test").exists()
