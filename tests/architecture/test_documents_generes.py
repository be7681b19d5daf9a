"""The URL matrix and the state diagrams of docs/ say what the code does."""

import os

import pytest

from tests.architecture import diagrammes, visites
from tests.architecture.adresses import PUBLIQUES, Adresse
from tests.droits.monde import DESACTIVEE, EXPIREE, monde
from tests.rapport import consigner

pytestmark = pytest.mark.django_db
REGENERER = bool(os.environ.get("TDU_REGENERER"))
PERIME = "Document périmé : lancez « python -m tests.architecture.matrice » et relisez la différence."


@pytest.fixture(scope="module")
def visite(django_db_setup: None, django_db_blocker: object) -> tuple[dict[Adresse, dict[str, int]], list[str]]:
    """Visited once for the whole module, then rolled back; PDFs are not drawn, only asked for."""
    with pytest.MonkeyPatch.context() as patch:
        # The on-call administrator takes part in what is deposited at night: the document must not depend on the hour.
        patch.setattr("requisitions.workflow.enregistrement.hors_heures_ouvrees", lambda instant: True)
        with monde(django_db_blocker) as univers:
            return visites.visiter(univers)


@pytest.fixture(scope="module")
def table(visite: tuple[dict[Adresse, dict[str, int]], list[str]]) -> dict[Adresse, dict[str, int]]:
    return visite[0]


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
    assert sum(len(statuts) for statuts in table.values()) >= 5000


def test_aucune_page_ne_montre_un_champ_a_qui_ne_le_recoit_pas(
    visite: tuple[dict[Adresse, dict[str, int]], list[str]],
) -> None:
    table, fuites = visite
    cellules = sum(len(statuts) for statuts in table.values())
    consigner("sec-01-get", cellules=cellules, adresses=len(table), fuites=len(fuites))
    assert fuites == []


def test_un_compte_desactive_est_un_anonyme(table: dict[Adresse, dict[str, int]]) -> None:
    """Its session was open when it was deactivated."""
    assert {a.nom for a, statuts in table.items() if statuts[DESACTIVEE] != statuts[visites.ANONYME]} == set()


def test_un_rattachement_termine_n_ouvre_aucun_dossier(table: dict[Adresse, dict[str, int]]) -> None:
    ouvertes = {
        adresse.nom
        for adresse, statuts in table.items()
        if any(nom == "cle" for _, nom in adresse.parametres) and statuts[EXPIREE] == 200
    }
    assert ouvertes - set(PUBLIQUES) == set()


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
