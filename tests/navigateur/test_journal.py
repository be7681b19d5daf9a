"""The DPO reads the journal, filters it, has it verified, and takes an export away."""

import time
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from journal.models import Verification
from tests.distribution import Distribution
from tests.signalements.situation import transmis

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def vie(distribution: Distribution) -> Any:
    """A morning at the hospital: a report, readings, a refusal."""
    distribution.utilisateur("parquet")
    dossier = transmis(distribution.acteur("soignante"))
    for nom in ("soignante", "juriste", "cadre"):
        client = distribution.client(nom)
        client.get("/compte/")
        client.get(f"/pieces/{dossier.cle}/")
    return dossier


def elever_toutes_les_sessions() -> None:
    """What the step-up page leaves, without walking through it."""
    for session in Session.objects.order_by("pk"):
        ouverte = session.get_decoded() | {"eleve_le": int(time.time())}
        session.session_data = Session.objects.encode(ouverte)
        session.save()


@pytest.mark.parametrize("largeur", [1280, 390])
def test_le_dpo_lit_filtre_et_fait_verifier(
    vie: Any, visiter: Callable[..., Any], travailler: Callable[[], int], largeur: int
) -> None:
    visite = visiter("dpo", largeur=largeur)
    page = visite.aller("/journal/")
    assert page.get_by_role("heading", name="Journal des accès").is_visible()
    assert page.get_by_text("Chaîne pas encore vérifiée").is_visible()
    visite.accessible()
    page.get_by_role("button", name="Vérifier maintenant").click()
    page.get_by_text("La vérification est demandée").wait_for()
    travailler()
    page.reload()
    assert page.get_by_role("heading", name="Chaîne intacte").is_visible()
    page.get_by_label("Résultat").select_option("introuvable")
    page.get_by_role("button", name="Filtrer").click()
    page.wait_for_url("**resultat=introuvable**")
    assert page.locator("tbody tr").count() >= 2
    assert page.locator("tbody tr:not(.is-hot)").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    visite.accessible()


def test_une_chaine_rompue_saute_aux_yeux(vie: Any, visiter: Callable[..., Any], distribution: Distribution) -> None:
    chaine = distribution.acteur("dpo").principale.institution_code
    Verification.objects.create(entrees=3, ancres=0, ruptures=[[chaine, 2, "contenu modifié"]])
    visite = visiter("dpo", sombre=True)
    page = visite.aller("/journal/")
    assert page.get_by_role("alert").get_by_text("Chaîne rompue à l’événement n° 2").is_visible()
    visite.accessible()


def test_l_export_se_telecharge_avec_son_motif(vie: Any, visiter: Callable[..., Any]) -> None:
    visite = visiter("dpo")
    visite.aller("/journal/")
    elever_toutes_les_sessions()
    page = visite.aller("/journal/exporter/")
    visite.accessible()
    jour = time.strftime("%Y-%m-%d")
    page.get_by_label("Premier jour").fill(jour)
    page.get_by_label("Dernier jour").fill(jour)
    page.get_by_text("Contrôle interne des accès").click()
    with page.expect_download() as telechargement:
        page.get_by_role("button", name="Exporter").click()
    with zipfile.ZipFile(telechargement.value.path()) as recu:
        assert "verificateur.py" in recu.namelist()
