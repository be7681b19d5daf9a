"""Journey 3 in a real browser: the officer deposits, legal affairs control, the doctor agrees, the officer fetches."""

import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from requisitions.table import charger, lire
from tests.navigateur.conftest import Visite
from tests.requisitions.conftest import TABLE, octets_pdf


@pytest.fixture
def acte(tmp_path: Path) -> str:
    chemin = tmp_path / "acte.pdf"
    chemin.write_bytes(octets_pdf())
    return str(chemin)


def cliquer(page: Page, nom: str, genre: str = "button") -> None:
    page.get_by_role(genre, name=nom).first.click()
    page.wait_for_load_state()


def deposer(page: Page, acte: str) -> str:
    """Fill the page as an officer does, one mistake included; returns the address of the case."""
    page.get_by_label("Flagrance").check()
    page.get_by_label("Nature").select_option("DOSSIER")
    page.get_by_label("Précisez").fill("Compte rendu du passage du 21 novembre 2026 et certificat descriptif.")
    page.get_by_label("Nom de naissance").fill("Delcambre")
    page.get_by_label("Situation de la personne").select_option("victime")
    page.get_by_label("Ordinaire").check()
    cliquer(page, "Déposer la réquisition")
    resume = page.get_by_role("alert").filter(has_text="points à corriger")
    expect(resume).to_be_focused()
    resume.get_by_role("link", name="Indiquez la date de naissance").click()
    expect(page.get_by_label("Date de naissance")).to_be_focused()
    page.get_by_label("Date de naissance").fill("1992-03-07")
    page.locator("#id_fichier").set_input_files(acte)
    cliquer(page, "Déposer la réquisition")
    expect(page.get_by_text("Réquisition déposée à")).to_be_visible()
    return page.url


def controler(juriste: Visite) -> None:
    """Legal affairs read the grid, validate and name the doctor."""
    page = juriste.aller("/requisitions/")
    juriste.accessible()
    cliquer(page, "Copie d’un dossier médical", "link")
    cliquer(page, "Commencer le contrôle")
    cliquer(page, "Contrôler et valider", "link")
    for choix in page.get_by_role("combobox").all():
        if choix.input_value() == "a_verifier":
            choix.select_option("conforme")
    juriste.accessible()
    cliquer(page, "Valider la réquisition")
    cliquer(page, "Confier l’exécution", "link")
    page.get_by_label("Médecin dont l’accord est demandé").select_option(label="Dr Ouardia Sellier")
    page.get_by_label("Ce qui est demandé à l’exécutant").fill("Passage du 21 novembre.")
    cliquer(page, "Confier l’exécution")


def accorder(medecin: Visite, adresse: str, acte: str) -> None:
    """The doctor brings a piece, sorts it and signs."""
    page = medecin.aller(f"{adresse}ouvrir/")
    page.get_by_label("Intitulé").fill("Compte rendu de passage")
    page.get_by_label("Fichier", exact=True).set_input_files(acte)
    cliquer(page, "Ajouter une pièce")
    page.get_by_label("Remettre", exact=True).check()
    cliquer(page, "Enregistrer le tri")
    page.get_by_label("J’accepte la remise de toutes les pièces").check()
    page.get_by_label("J’ai vérifié le nom").check()
    page.get_by_label("INS qualifiée, traits concordants").check()
    medecin.accessible()
    cliquer(page, "Signer ma réponse")
    expect(page.get_by_text("Votre accord est enregistré")).to_be_visible()


def remettre(juriste: Visite, adresse: str) -> None:
    """Legal affairs see the inventory only, call back, and put the answer at disposal."""
    page = juriste.aller(adresse)
    juriste.accessible()
    expect(page.get_by_text("Pièce médicale n°")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Ouvrir : Pièce médicale"))).to_have_count(0)
    cliquer(page, "Noter le rappel", "link")
    page.get_by_label("Numéro de l’annuaire composé").select_option(index=1)
    page.get_by_label("Le service confirme la demande").check()
    cliquer(page, "Noter le rappel")
    cliquer(page, "Composer et mettre à disposition", "link")
    page.get_by_label("J’ai relu le périmètre").check()
    page.get_by_label("Le médecin a relu le nom").check()
    cliquer(page, "Mettre à disposition")


def ouvrir_le_pli(requerant: Visite, adresse: str) -> Page:
    """The requester proves once more who they are, then opens the bundle, which signs the receipt."""
    page = requerant.aller(f"{adresse}ouvrir/")
    requerant.accessible()
    cliquer(page, "Ouvrir le pli et signer le récépissé")
    page.get_by_label("Votre mot de passe").fill("demonstration-2025")
    cliquer(page, "Confirmer")
    expect(page.get_by_role("link", name=re.compile("Récépissé"))).to_have_count(0)
    cliquer(page, "Ouvrir le pli et signer le récépissé")
    expect(page.get_by_text("Pli ouvert, récépissé signé.")).to_be_visible()
    requerant.accessible()
    return page


def retirer(opj: Visite, adresse: str, pli: Path) -> None:
    page = ouvrir_le_pli(opj, adresse)
    with page.expect_download() as telechargement:
        page.get_by_role("button", name="Télécharger le pli").click()
    telechargement.value.save_as(pli)
    assert zipfile.ZipFile(pli).namelist()[0] == "bordereau.pdf"
    expect(page.get_by_role("link", name=re.compile("Récépissé"))).to_be_visible()


@pytest.mark.django_db(transaction=True)
def test_un_opj_recoit_un_dossier_accorde_par_le_medecin(visiter, distribution, acte, tmp_path):
    charger(lire(TABLE))
    distribution.utilisateur("medecin")
    opj, juriste, medecin = visiter("opj"), visiter("juriste"), visiter("medecin")
    opj.aller("/mes-requisitions/")
    opj.accessible()
    cliquer(opj.page, "Déposer une réquisition", "link")
    expect(opj.page.get_by_label("Autorisation du procureur", exact=True)).to_be_hidden()
    opj.page.get_by_label("Enquête préliminaire").check()
    expect(opj.page.get_by_label("Autorisation du procureur", exact=True)).to_be_visible()
    opj.accessible()
    adresse = deposer(opj.page, acte).removeprefix(opj.base)
    opj.accessible()
    controler(juriste)
    accorder(medecin, adresse, acte)
    remettre(juriste, adresse)
    retirer(opj, adresse, tmp_path / "pli.zip")


@pytest.mark.django_db(transaction=True)
def test_le_depot_se_fait_sans_script_et_au_telephone(visiter, acte):
    charger(lire(TABLE))
    opj = visiter("opj", largeur=390, scripts=False)
    opj.aller("/requisitions/nouvelle/")
    page = opj.page
    page.get_by_label("Flagrance").check()
    page.get_by_label("Nature").select_option("VIDEO")
    page.get_by_label("Précisez").fill("Images de l’entrée.")
    page.get_by_label("Lieu filmé").fill("Entrée des urgences")
    page.locator("#id_periode_du").fill("2026-11-20T20:00")
    page.locator("#id_periode_au").fill("2026-11-20T22:00")
    page.get_by_label("Ordinaire").check()
    page.locator("#id_fichier").set_input_files(acte)
    cliquer(page, "Déposer la réquisition")
    expect(page.get_by_text("Les éléments demandés sont gelés dès la réception.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
