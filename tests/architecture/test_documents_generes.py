"""The URL matrix and the state diagrams of docs/ say what the code does."""

import io
import os
from unittest import mock

import pikepdf
import pytest
from django.db import transaction

from tests.architecture import diagrammes, visites
from tests.architecture.adresses import PUBLIQUES, Adresse
from tests.distribution import Distribution

pytestmark = pytest.mark.django_db
REGENERER = bool(os.environ.get("TDU_REGENERER"))
PERIME = "Document périmé : lancez « python -m tests.architecture.matrice » et relisez la différence."


@pytest.fixture(scope="module")
def table(django_db_setup: None, django_db_blocker: object) -> dict[Adresse, dict[str, int]]:
    """Visited once for the whole module, then rolled back; PDFs are not drawn, only asked for."""
    feuille = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(feuille)
    sans_dessin = mock.patch("documents.render.HTML.write_pdf", return_value=feuille.getvalue())
    with sans_dessin, django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        resultat = visites.visiter(Distribution())
        transaction.set_rollback(True)
    return resultat


@pytest.fixture(params=sorted(diagrammes.workflows()))
def diagramme(request: pytest.FixtureRequest) -> str:
    return request.param


def test_aucune_adresse_ne_tombe_en_panne(table: dict[Adresse, dict[str, int]]) -> None:
    pannes = [
        f"{adresse.nom} {personne}"
        for adresse, statuts in table.items()
        for personne, statut in statuts.items()
        if statut >= 500
    ]
    assert pannes == []


def test_seules_les_adresses_declarees_s_ouvrent_sans_compte(table: dict[Adresse, dict[str, int]]) -> None:
    ouvertes = {adresse.nom for adresse, statuts in table.items() if statuts[visites.ANONYME] != 302}
    assert ouvertes - set(PUBLIQUES) == set()
    assert set(PUBLIQUES) - {"presentation:galerie"} <= {adresse.nom for adresse in table}


def test_la_matrice_n_est_pas_vide(table: dict[Adresse, dict[str, int]]) -> None:
    assert sum(len(statuts) for statuts in table.values()) > 300


def test_la_matrice_des_adresses_est_a_jour(table: dict[Adresse, dict[str, int]]) -> None:
    texte = visites.rediger(table)
    if REGENERER:
        visites.FICHIER.parent.mkdir(parents=True, exist_ok=True)
        visites.FICHIER.write_text(texte, encoding="utf-8")
    assert visites.FICHIER.is_file(), PERIME
    assert visites.FICHIER.read_text(encoding="utf-8") == texte, PERIME


def test_les_diagrammes_d_etats_sont_a_jour(diagramme: str) -> None:
    texte, fichier = diagrammes.dessiner(diagrammes.workflows()[diagramme]), diagrammes.fichier(diagramme)
    if REGENERER:
        fichier.parent.mkdir(parents=True, exist_ok=True)
        fichier.write_text(texte, encoding="utf-8")
    assert fichier.is_file(), PERIME
    assert fichier.read_text(encoding="utf-8") == texte, PERIME


def test_aucun_diagramme_ne_survit_a_son_workflow() -> None:
    attendus = set(diagrammes.workflows())
    restes = {fichier.stem for fichier in diagrammes.DOSSIER.glob("*.md")} - attendus
    if REGENERER:
        for reste in restes:
            diagrammes.fichier(reste).unlink()
        restes = set()
    assert restes == set()
