"""A piece in a real browser: refused by a sentence, kept while the antivirus is away, opened when it answers."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from documents import controle
from documents.models import Fichier
from tests.documents.antivirus import clamd_lance
from tests.documents.corpus import pdf
from tests.documents.pdf_bruts import assembler, page_vide
from tests.signalements.situation import brouillon


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("largeur", [1280, 390])
def test_une_piece_se_depose_attend_son_controle_puis_s_ouvre(
    visiter, distribution, settings, tmp_path: Path, largeur: int
):
    dossier = brouillon(distribution.acteur("soignante"))
    actif, sain = tmp_path / "actif.pdf", tmp_path / "certificat.pdf"
    actif.write_bytes(assembler(page_vide(b"/OpenAction << /S /JavaScript /JS (x) >>")))
    sain.write_bytes(pdf(2))
    with clamd_lance() as clamd:
        settings.ANTIVIRUS, settings.CLAMD, settings.CLAMD_DELAI = "obligatoire", "", 5
        soignante = visiter("soignante", largeur=largeur)
        page = soignante.aller(f"/signalements/{dossier.cle}/pieces/")
        _deposer(page, "Certificat descriptif", actif)
        expect(page.get_by_text("Imprimez-le en PDF, puis ajoutez cette copie.").first).to_be_visible()
        soignante.accessible()
        _deposer(page, "Certificat descriptif", sain)
        expect(page.get_by_text("En cours de contrôle.")).to_be_visible()
        expect(page.get_by_role("link", name="Ouvrir : Certificat descriptif")).to_have_count(0)
        soignante.accessible()
        settings.CLAMD = clamd.adresse
        assert controle.controler_en_attente() == 1
        page.reload()
        with page.expect_download() as arrivee:
            page.get_by_role("link", name="Ouvrir : Certificat descriptif").click()
        assert arrivee.value.suggested_filename.endswith(".pdf")
        assert "certificat" not in arrivee.value.suggested_filename, "un nom opaque"
        assert Path(arrivee.value.path()).read_bytes().startswith(b"%PDF")
    assert Fichier.objects.get().analyse == "sain"
    assert page.evaluate("document.documentElement.scrollWidth") <= largeur


def _deposer(page, intitule: str, chemin: Path) -> None:
    page.get_by_label("Nature de la pièce").select_option(label=intitule)
    page.locator("#id_fichier").set_input_files(str(chemin))
    page.get_by_role("button", name="Ajouter la pièce").click()
    page.wait_for_load_state()
