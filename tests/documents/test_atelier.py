"""SEC-49: PDF are drawn in a process of its own, bounded, without secrets; a bomb stops there and the next page is drawn."""

import io
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from documents import atelier, impression
from documents.impression import PANNE, TROP, RenduImpossible, imprimer
from documents.models import Document
from fiches.chargement.ecriture import ecrire
from fiches.chargement.verification import lire_dossier
from journal.models import Entree
from tests.distribution import DONNEES, Distribution
from tests.rapport import consigner

PAGE = "<!doctype html><html lang=fr><title>x</title><body><p>Une page ordinaire.</p></body></html>"
BOMBES = {
    "boîtes emboîtées": "<div>" * 100_000,
    "page d’un million de pixels": "<style>@page { size: 1000000px 1000000px } p { break-after: page }</style>"
    + "<p>x</p>" * 20_000,
    "colonnes démesurées": "<table>" + "<tr><td colspan=1000000000 rowspan=1000000>x</td></tr>" * 3_000 + "</table>",
    "grille": "<div style='display:grid;grid-template-columns:repeat(100000,1px)'>" + "<p>x</p>" * 30_000 + "</div>",
    "image SVG": "<svg xmlns='http://www.w3.org/2000/svg'>" + "<g>" * 50_000 + "</svg>",
    "texte sans fin": "<p style='hyphens:auto'>" + "anticonstitutionnellement " * 400_000,
}


@pytest.fixture
def ateliers(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[impression.Atelier]]:
    """Rendering processes of this test alone, under the limits it sets."""
    libres: list[impression.Atelier] = []
    monkeypatch.setattr(impression, "_libres", libres)
    yield libres
    for libre in libres:
        libre.fermer()


def ordinaire() -> bool:
    return "Une page ordinaire." in PdfReader(io.BytesIO(imprimer(PAGE))).pages[0].extract_text()


def test_aucune_bombe_ne_passe_les_bornes_ni_n_emporte_la_page_suivante(
    ateliers: list[impression.Atelier], settings: Any
) -> None:
    settings.PDF_PROCESSEUR, settings.PDF_MEMOIRE = 2, 500 * 1024 * 1024
    refusees, suivantes = 0, 0
    for bombe in BOMBES.values():
        with pytest.raises(RenduImpossible) as refus:
            imprimer(f"<!doctype html><html lang=fr><title>x</title><body>{bombe}</body></html>")
        refusees += str(refus.value) in {TROP, PANNE}
        suivantes += ordinaire()
    consigner("sec-49", bombes=len(BOMBES), arretees=refusees, pages_suivantes=suivantes)
    assert refusees == suivantes == len(BOMBES)


@pytest.mark.parametrize(
    ("borne", "valeur", "cause"),
    [
        ("PDF_PROCESSEUR", 1, "limite"),
        ("PDF_MEMOIRE", 180 * 1024 * 1024, "MemoryError|limite"),
        ("PDF_DUREE", 1.5, "duree"),
    ],
)
def test_chaque_borne_arrete_a_elle_seule(
    ateliers: list[impression.Atelier],
    settings: Any,
    caplog: pytest.LogCaptureFixture,
    borne: str,
    valeur: float,
    cause: str,
) -> None:
    setattr(settings, borne, valeur)
    with pytest.raises(RenduImpossible, match="trop lourd"):
        imprimer("<p>" + "anticonstitutionnellement " * 300_000)
    assert len(caplog.messages) == 1
    assert re.fullmatch(f"rendu impossible : ({cause})", caplog.messages[0])
    assert ateliers == [], "ce processus ne resservira pas"


def test_un_document_lent_n_en_retarde_pas_un_autre(ateliers: list[impression.Atelier]) -> None:
    commence, libere = threading.Event(), threading.Event()

    def avancer(part: int) -> None:
        commence.set()
        assert libere.wait(timeout=60)

    lent = threading.Thread(target=imprimer, args=(PAGE, avancer))
    lent.start()
    assert commence.wait(timeout=60)
    assert ordinaire(), "le premier document est encore ouvert"
    libere.set()
    lent.join(timeout=60)
    assert len({libre.processus.pid for libre in ateliers}) == 2


def test_le_processus_ne_tient_ni_cle_ni_base_ni_reseau(
    ateliers: list[impression.Atelier], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLE_D_ESSAI", "canari-de-cle")
    assert ordinaire()
    processus = Path(f"/proc/{ateliers[0].processus.pid}")
    environnement = (processus / "environ").read_bytes()
    noms = {ligne.partition(b"=")[0].decode() for ligne in environnement.split(b"\0") if ligne}
    assert noms <= {"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "SOURCE_DATE_EPOCH"}
    assert b"canari" not in environnement
    ouverts = [os.readlink(lien) for lien in (processus / "fd").iterdir()]
    assert not [ouvert for ouvert in ouverts if ouvert.startswith("socket:")], "ni base ni réseau ouverts"
    charges = (processus / "maps").read_text()
    assert "psycopg" not in charges
    if not _reseau_separable():
        pytest.skip("ce noyau ne donne pas d’espace réseau à un processus sans droits")
    assert os.readlink(processus / "ns/net") != os.readlink("/proc/self/ns/net")
    cartes = {ligne.split(":")[0].strip() for ligne in (processus / "net/dev").read_text().splitlines()[2:]}
    assert cartes <= {"lo"}


def _reseau_separable() -> bool:
    essai = f"import ctypes, sys; sys.exit(ctypes.CDLL(None).unshare({atelier.CLONE_NEWUSER | atelier.CLONE_NEWNET}))"
    return subprocess.run([sys.executable, "-c", essai], check=False).returncode == 0


def test_l_atelier_n_importe_rien_de_la_maison() -> None:
    """Started by its path in isolated mode: not even the settings are within its reach."""
    fait = subprocess.run(
        [sys.executable, "-I", str(impression.PROGRAMME), "1", "1", "static/"],
        input=b"", capture_output=True, check=True, cwd="/",
    )  # fmt: skip
    assert fait.stdout == b""


def test_rien_ne_reste_dans_le_dossier_temporaire(
    ateliers: list[impression.Atelier], settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    settings.PDF_PROCESSEUR = 1
    assert ordinaire()
    with pytest.raises(RenduImpossible):
        imprimer(BOMBES["texte sans fin"])
    assert ordinaire()
    assert list(tmp_path.iterdir()) == []


def test_un_document_impossible_se_dit_en_francais_et_defait_l_acte(
    distribution: Distribution, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuser(*_: object) -> bytes:
        raise RenduImpossible(TROP)

    monkeypatch.setattr("documents.render.imprimer", refuser)
    ecrire(lire_dossier(DONNEES))
    client = distribution.client("opj")
    client.raise_request_exception = False
    reponse = client.post("/fiches/1/pdf/")
    assert reponse.status_code == 503
    assert TROP in reponse.content.decode()
    assert not Document.objects.exists()
    assert Entree.objects.filter(action="agir", resultat="refuse").count() == 1
