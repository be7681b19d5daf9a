"""The whole convention made while one watches, the paper that is checked, and the crisis pack taken away."""

from collections.abc import Callable
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import close_old_connections, connection
from django.utils import timezone

from accueil.models import PackSecours
from convention.models import Institution
from documents import coffre
from documents.models import Document
from fiches.chargement import charger
from fiches.models import VersionFiche
from tests.distribution import DONNEES, Distribution

pytestmark = pytest.mark.django_db(transaction=True)


def au_fond(tache: Callable[[], Any]) -> Thread:
    """The worker, beside the browser."""

    def courir() -> None:
        try:
            tache()
        finally:
            close_old_connections()
            connection.close()

    fil = Thread(target=courir)
    fil.start()
    return fil


@pytest.mark.parametrize("largeur", [1280, 390])
def test_la_referente_prepare_la_convention_et_n_importe_qui_verifie_le_papier(
    distribution: Distribution, visiter: Callable[..., Any], travailler: Callable[[], int], largeur: int
) -> None:
    charger(DONNEES)
    VersionFiche.objects.exclude(fiche__numero__in=[1, 11]).update(etat="PROJET")
    visite = visiter("referente", largeur=largeur, sombre=largeur == 390)
    page = visite.aller("/conventions/chv-2025/document/")
    visite.accessible()
    page.get_by_role("button", name="Préparer le PDF").click()
    page.get_by_role("heading", name="Préparation de la convention en PDF").wait_for()
    visite.accessible()
    fil = au_fond(travailler)
    lien = page.get_by_role("link", name="Télécharger le PDF")
    lien.wait_for(state="visible", timeout=60_000)
    fil.join()
    page.goto(visite.base + "/conventions/chv-2025/document/")
    assert page.get_by_role("link", name="Télécharger le PDF").is_visible()
    visite.accessible()
    page.goto(f"{visite.base}/verifier/{Document.objects.get(genre='convention').cle}/")
    assert page.get_by_role("heading", name="En vigueur").is_visible()
    visite.accessible()


def test_un_cadre_voit_qu_un_pack_est_trop_vieux_et_en_demande_un(
    distribution: Distribution, visiter: Callable[..., Any]
) -> None:
    fichier = coffre.deposer(b"PK", extension="zip", type_mime="application/zip")
    PackSecours.objects.create(
        institution=Institution.objects.get(code="CHV"),
        fichier=fichier,
        contenu=[["fiches/fiche-01.pdf", "1. Violences dans le couple", 1000]],
        produit_le=timezone.now() - timedelta(hours=40),
    )
    visite = visiter("cadre", largeur=390)
    page = visite.aller("/secours/")
    assert page.get_by_role("heading", name="Ce pack a plus de 36 heures").is_visible()
    visite.accessible()
    page.get_by_role("button", name="Préparer un pack maintenant").click()
    assert page.get_by_text("La préparation est demandée.").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
