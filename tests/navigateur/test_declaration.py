"""The hand-over of an object in real Chromium: the ward writes, the police station answers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from dossiers.models import Dossier
from tests.declarations.situation import references, transmise
from tests.distribution import Distribution
from tests.documents.corpus import pdf
from tests.navigateur.conftest import Visite

pytestmark = pytest.mark.django_db(transaction=True)


def continuer(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer et continuer").click()


def ecrire(visite: Visite) -> Page:
    page = visite.aller("/declarations/nouvelle/objet-illicite/")
    visite.accessible()
    page.get_by_role("button", name="Préparer la remise").click()
    page.get_by_label("Nature apparente de l’objet").select_option("STUPEFIANT")
    page.get_by_label("Ce que vous voyez").fill("Douze sachets, dans la veste de M. Dupont.")
    page.get_by_label("Jour et heure de la découverte").fill("2026-11-22T01:25")
    page.get_by_label("Dans quelle circonstance ?").select_option("INVENTAIRE")
    visite.accessible()
    continuer(page)
    page.get_by_label("Oui, renoncement").check()
    page.get_by_label("Premier agent présent").fill("Camille Ferrand")
    page.get_by_label("Second agent présent").fill("Zoé Maillard")
    page.get_by_label("Numéro du scellé").fill("S-2026-118")
    page.get_by_label("Coffre").fill("Coffre 2")
    continuer(page)
    return page


def corriger_et_transmettre(visite: Visite) -> None:
    page = visite.page
    expect(page.get_by_text("ressemble à un nom")).to_be_visible()
    visite.accessible()
    page.get_by_role("link", name="Corriger").click()
    page.get_by_label("Ce que vous voyez").fill("Douze sachets, herbe séchée.")
    continuer(page)
    continuer(page)
    expect(page.get_by_text("ressemble à un nom")).to_have_count(0)
    page.get_by_label("Où le destinataire peut vous rappeler").fill("01 99 00 12 34")
    page.get_by_label("J’ai relu.").check()
    page.get_by_role("button", name="Transmettre").click()
    expect(page.get_by_text("Déclaration transmise. Le texte est figé.")).to_be_visible()
    visite.accessible()


def repondre(visite: Visite) -> Page:
    page = visite.aller("/parquet/")
    visite.accessible()
    page.get_by_role("link", name="Objet illicite trouvé").click()
    expect(page.get_by_text("Douze sachets, herbe séchée.")).to_be_visible()
    expect(page.get_by_text("Zoé Maillard")).to_have_count(0)
    page.get_by_role("button", name="Accuser réception").click()
    visite.accessible()
    page.get_by_role("link", name="Enregistrer une suite").click()
    page.get_by_label("Suite", exact=True).select_option("REMIS")
    page.get_by_label("Numéro du récépissé").fill("R-77")
    page.get_by_label("Matricule de l’agent").fill("598877")
    visite.accessible()
    page.get_by_role("button", name="Enregistrer et informer").click()
    expect(page.get_by_text("Objet reçu contre récépissé").first).to_be_visible()
    return page


@pytest.mark.parametrize("largeur", [390, 1280])
def test_un_objet_trouve_la_nuit_part_sans_nom_et_revient_avec_son_recepisse(
    visiter: Callable[..., Visite], largeur: int
) -> None:
    references()
    soignante = visiter("soignante", largeur=largeur)
    page = ecrire(soignante)
    corriger_et_transmettre(soignante)
    repondre(visiter("opj"))
    dossier = Dossier.objects.get()
    soignante.aller(f"/declarations/{dossier.cle}/")
    expect(page.get_by_text("R-77")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= largeur


def test_les_affaires_juridiques_portent_plainte_pour_l_agent_qui_y_consent(
    visiter: Callable[..., Visite], distribution: Distribution
) -> None:
    interne = transmise(distribution.acteur("soignante"), "VIOLENCE_PERSONNEL")
    juriste = visiter("juriste")
    page = juriste.aller(f"/declarations/{interne.cle}/")
    juriste.accessible()
    page.get_by_role("button", name="Préparer la plainte de l’hôpital").click()
    for _ in range(2):
        continuer(page)
    page.get_by_label("La plainte", exact=True).select_option("EMPLOYEUR")
    page.get_by_role("group", name="L’agent a-t-il consenti par écrit").get_by_label("Oui").check()
    continuer(page)
    continuer(page)
    page.get_by_role("link", name="Continuer", exact=True).click()  # no other victim
    expect(page.get_by_role("link", name="Consentement à la plainte de l’employeur")).to_be_visible()
    juriste.accessible()
    page.get_by_role("link", name="Continuer").click()
    expect(page.get_by_text("Recueillez le consentement écrit")).to_be_visible()
    page.go_back()
    page.get_by_label("Nature de la pièce").select_option("Consentement écrit à la plainte")
    page.get_by_label("Fichier", exact=True).set_input_files(
        {"name": "accord.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    )
    page.get_by_role("button", name="Ajouter la pièce").click()
    page.get_by_role("link", name="Continuer").click()
    expect(page.get_by_text("Recueillez le consentement écrit")).to_have_count(0)
    page.get_by_label("Destinataire", exact=True).select_option(label="Commissariat de Valenciennes")
    page.get_by_label("Où le destinataire peut vous rappeler").fill("01 99 00 12 34")
    page.get_by_label("J’ai relu.").check()
    page.get_by_role("button", name="Transmettre").click()
    expect(page.get_by_text("Déclaration transmise. Le texte est figé.")).to_be_visible()
    opj = visiter("opj")
    opj.aller("/parquet/").get_by_role("link", name="Violence contre un professionnel").click()
    expect(opj.page.get_by_text("Plainte de l’employeur pour le compte").first).to_be_visible()
    opj.accessible()
