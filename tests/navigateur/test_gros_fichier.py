"""In a real browser: pictures larger than a chunk arrive with their progress; the doctor hides a third party."""

import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from documents import coffre
from dossiers.models import Dossier, Personne, Piece
from requisitions.models import Requisition, Tri
from requisitions.table import charger, lire
from requisitions.workflow import affecter, controler, deposer, valider, verser_piece
from tests.coffre_ouvert import lire as lire_fichier
from tests.distribution import Distribution
from tests.documents.pdf_ecrits import pdf
from tests.documents.test_morceaux import film
from tests.requisitions.conftest import TABLE, octets_pdf, tout_conforme

MO = 1024 * 1024


def confiee(distribution: Distribution, type_acte: str) -> Dossier:
    opj, juriste = distribution.acteur("opj"), distribution.acteur("juriste")
    hier = timezone.now() - timedelta(days=1)
    images = {"cible": "Entrée des urgences", "periode_du": hier, "periode_au": hier + timedelta(hours=1)}
    lettre = Requisition(type_acte=type_acte, cadre="FLAG", mission="Passage de la veille.", num_procedure="2026/1")
    for nom, valeur in images.items() if type_acte == "VIDEO" else ():
        setattr(lettre, nom, valeur)
    dossier = deposer(
        cle_depot=uuid.uuid4(),
        lettre=lettre,
        personne=None if type_acte == "VIDEO" else Personne(nom="Delcambre", prenoms="Lucie", age=34, sexe="F"),
        fichier=coffre.deposer(octets_pdf(), extension="pdf", type_mime="application/pdf"),
        urgence="ORDINAIRE",
        acteur=opj,
    )
    dossier = controler(dossier=dossier, acteur=juriste)
    tout_conforme(dossier, juriste)
    dossier = valider(dossier=dossier, acteur=juriste)
    medecin = distribution.utilisateur("medecin") if type_acte == "DOSSIER" else None
    return affecter(dossier=dossier, acteur=juriste, consigne="Passage de la veille.", medecin=medecin)


@pytest.fixture(autouse=True)
def rendu_rapide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("documents.render.rendre_pdf", lambda gabarit, contexte, **_: octets_pdf(gabarit))


@pytest.mark.django_db(transaction=True)
def test_un_gros_film_est_envoye_par_morceaux_et_reprend_apres_une_coupure(visiter, distribution, tmp_path: Path):
    charger(lire(TABLE))
    dossier = confiee(distribution, "VIDEO")
    fichier = tmp_path / "porte.mp4"
    fichier.write_bytes(film(17 * MO))
    securite = visiter("securite")
    page = securite.aller(f"/requisitions/{dossier.cle}/gel/")
    securite.accessible()
    passes: list[str] = []

    def couper(route):
        passes.append(route.request.url)
        # The second chunk finds an ended session: the page says what to do, and nothing is lost.
        if len(passes) == 3:
            route.fulfill(status=302, headers={"Location": "/connexion/"})
        else:
            route.continue_()

    page.route("**/envoi/**", couper)
    page.get_by_label("Fichier extrait").set_input_files(fichier)
    page.get_by_role("button", name="Verser les images").click()
    expect(page.get_by_text("Votre session a pris fin")).to_be_visible()
    page.screenshot(path="/tmp/remise-gel.png", full_page=True)
    page.get_by_role("button", name="Verser les images").click()
    expect(page.get_by_text("Les images sont versées")).to_be_visible()
    assert lire_fichier(Piece.objects.get(intitule="Images extraites").fichier) == fichier.read_bytes()
    assert sum("place=0" in url for url in passes) == 1


@pytest.mark.django_db(transaction=True)
def test_le_medecin_masque_un_tiers_au_telephone_sans_script(visiter, distribution):
    charger(lire(TABLE))
    dossier = confiee(distribution, "DOSSIER")
    octets = pdf("Passage.", "Vue avec Mme Vandewalle, sa voisine.")
    verser_piece(
        dossier=dossier,
        acteur=distribution.acteur("medecin"),
        intitule="Compte rendu",
        fichier=coffre.deposer(octets, extension="pdf", type_mime="application/pdf"),
        classe="medical",
    )
    medecin = visiter("medecin", largeur=390, scripts=False)
    page = medecin.aller(f"/requisitions/{dossier.cle}/tri/")
    page.get_by_role("link", name="Masquer des passages").click()
    page.get_by_label("Mots à masquer").fill("Vandewalle")
    page.get_by_label("Pages ou zones").fill("page deux")
    page.get_by_role("button", name="Préparer la copie").click()
    expect(page.get_by_role("link", name="n’est pas une zone")).to_be_visible()
    page.screenshot(path="/tmp/remise-masquer.png", full_page=True)
    assert page.get_by_label("Mots à masquer").input_value() == "Vandewalle"
    page.get_by_label("Pages ou zones").fill("")
    page.get_by_role("button", name="Préparer la copie").click()
    expect(page.get_by_text("La copie masquée est prête et relue")).to_be_visible()
    page.screenshot(path="/tmp/remise-tri.png", full_page=True)
    copie = lire_fichier(Tri.objects.get().occultee.fichier)
    Path("/tmp/remise-copie.pdf").write_bytes(copie)
