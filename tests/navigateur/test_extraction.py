"""Journey 4: the prison health unit, the registry, the escort and the ward, each in their own window."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.distribution import Distribution
from tests.navigateur.conftest import Visite
from tests.prises_en_charge.scene import SUR_PLACE, Scene, pdf

SECRET = "Embolie suspectée, angioscanner"


def faire(page: Page, libelle: str) -> None:
    """Open an act of the case and send its form as it stands."""
    page.get_by_role("link", name=libelle, exact=True).click()
    page.get_by_role("button", name=libelle, exact=True).click()


def demander(visite: Visite) -> None:
    page = visite.aller("/detenus/")
    page.get_by_role("link", name="Demander une extraction").first.click()
    visite.accessible()
    debut = timezone.localtime() + timedelta(hours=4)
    page.get_by_label("Homme").check()
    page.get_by_label("Âge").fill("41")
    page.get_by_label("Service qui reçoit").select_option(label="Imagerie médicale")
    page.get_by_label("Motif").select_option(label="Imagerie")
    page.get_by_label("Consignes médicales").fill(SECRET)
    page.get_by_label("Arrivée souhaitée").fill(debut.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_label("Fin prévue").fill((debut + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name="Demander l’extraction").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Extraction DET-")


def ordonner(visite: Visite, reference: str) -> None:
    page = visite.aller("/detenus/")
    page.get_by_role("link", name=reference).click()
    expect(page.locator("body")).not_to_contain_text("Imagerie")
    page.get_by_role("link", name="Émettre l’ordre").click()
    visite.accessible()
    page.get_by_label("Numéro d’écrou").fill("E4711")
    page.get_by_label("Statut pénal").select_option(label="Prévenu")
    page.get_by_label("Niveau d’escorte").select_option(label="Niveau 5")
    page.get_by_label("Nombre d’agents").fill("3")
    page.get_by_label("Niveau I : hors").check()
    fichier = {"name": "ordre.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    page.get_by_label("Ordre écrit du chef").set_input_files(fichier)
    page.get_by_role("button", name="Émettre l’ordre").click()
    expect(page.get_by_text("Ordre émis.")).to_be_visible()


def confirmer(escorte: Visite, reference: str) -> None:
    page = escorte.aller("/detenus/")
    page.get_by_role("link", name=reference).click()
    expect(page.get_by_text("accueil des autorités").first).to_be_visible()
    for secret in (SECRET, "Imagerie", "E4711", "Prévenu"):
        expect(page.locator("body")).not_to_contain_text(secret)
    faire(page, "Confirmer l’escorte")
    expect(page.get_by_text("Escorte confirmée. La fiche de suivi est prête.")).to_be_visible()
    with page.expect_download() as telechargement:
        page.get_by_role("link", name="Fiche de suivi").click()
    assert telechargement.value.suggested_filename.startswith(reference)


def recevoir(service: Visite, reference: str) -> None:
    page = service.aller("/detenus/")
    page.get_by_role("link", name=reference).click()
    expect(page.get_by_text(SECRET)).to_be_visible()
    expect(page.get_by_text("3 agents")).to_be_visible()
    for secret in ("E4711", "Prévenu", "Niveau 5"):
        expect(page.locator("body")).not_to_contain_text(secret)
    expect(page.get_by_text("Le médecin ou la sage-femme décide de la présence.")).to_be_visible()
    faire(page, "Signaler l’arrivée")
    faire(page, "Commencer les soins")
    page.get_by_role("link", name="Transmettre le compte rendu").click()
    fichier = {"name": "cr.pdf", "mimeType": "application/pdf", "buffer": pdf("compte rendu")}
    page.get_by_label("Compte rendu médical").set_input_files(fichier)
    page.get_by_role("button", name="Transmettre le compte rendu").click()
    faire(page, "Noter la sortie")
    service.accessible()


@pytest.mark.django_db(transaction=True)
def test_une_extraction_de_la_demande_au_retour(visiter: Callable[..., Visite], distribution: Distribution):
    for nom in ("usmp", "maison_arret", "escorte", "service", "epm"):
        distribution.utilisateur(nom)
    usmp, greffe, escorte, service = (visiter(nom) for nom in ("usmp", "maison_arret", "escorte", "service"))
    demander(usmp)
    reference = usmp.page.locator("h1 .ref").inner_text()
    expect(visiter("epm").aller("/detenus/").locator("body")).not_to_contain_text(reference)
    ordonner(greffe, reference)

    confirmer(escorte, reference)
    recevoir(service, reference)

    page = greffe.aller("/detenus/")
    page.get_by_role("link", name=reference).click()
    expect(page.get_by_text("Compte rendu médical")).to_have_count(0)
    expect(page.get_by_text("Bon de retour").first).to_be_visible()
    faire(page, "Confirmer le retour")

    page = usmp.aller("/detenus/")
    page.get_by_role("link", name=reference).click()
    expect(page.get_by_text("Compte rendu médical").first).to_be_visible()
    faire(page, "Terminer le dossier")
    expect(page.get_by_text("Dossier terminé. Son contenu est figé.")).to_be_visible()
    usmp.accessible()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("nom", ["usmp", "escorte"])
def test_le_tableau_tient_sur_un_telephone(visiter: Callable[..., Visite], distribution: Distribution, nom: str):
    scene = Scene(distribution)
    scene.jusqu_a(*SUR_PLACE)
    scene.jusqu_a("demander", "ordonner")
    visite = visiter(nom, largeur=390)
    page = visite.aller("/detenus/")
    expect(page.get_by_role("heading", name="À l’hôpital 1")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    colonnes = page.locator(".board > section")
    assert len({boite["x"] for boite in (colonnes.nth(rang).bounding_box() for rang in range(4))}) == 1
    visite.accessible()


@pytest.mark.django_db(transaction=True)
def test_la_saisie_se_garde_et_se_reprend(visiter: Callable[..., Visite]):
    visite = visiter("usmp")
    page = visite.aller("/detenus/extraction/")
    page.get_by_label("Consignes médicales").fill("À jeun depuis minuit.")
    with page.expect_response("**/garder/"):
        page.get_by_label("Âge").fill("33")
    expect(page.get_by_text("Enregistré à")).to_be_visible()
    page = visite.aller("/detenus/")
    page.get_by_role("link", name="Reprendre la demande").click()
    expect(page.get_by_label("Consignes médicales")).to_have_value("À jeun depuis minuit.")
    expect(page.get_by_label("Âge")).to_have_value("33")
