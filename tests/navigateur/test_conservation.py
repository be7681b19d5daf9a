"""The officer's pages of retention, in a real browser, on a desk and on a telephone."""

import os
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from dossiers.conservation.balayage import demander_le_balayage
from dossiers.conservation.verbes import geler
from dossiers.models import Conservation, Dossier
from tests.contrats.fabrique import fabriques
from tests.distribution import Distribution

MOTIF = "Une procédure est en cours, la pièce peut servir."


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("largeur", [1280, 390])
def test_le_delegue_lit_ce_qui_arrive_a_echeance(
    visiter: Callable[..., object], distribution: Distribution, travailler: Callable[[], int], largeur: int
) -> None:
    call_command("charger_conservation", stdout=StringIO())
    for nom in ("parquet", "dpo", "juriste"):
        distribution.utilisateur(nom)
    dossiers = [fabrique.ouvrir(distribution) for fabrique in fabriques().values()]
    Dossier.objects.update(phase="clos", clos_le=timezone.now(), clos_par=distribution.utilisateur("dpo"))
    demander_le_balayage()
    while travailler():
        pass
    geler(
        suivi=Conservation.objects.get(dossier=dossiers[0]), motif=MOTIF, raison="procedure",
        acteur=distribution.acteur("juriste"),
    )  # fmt: skip
    Conservation.objects.exclude(dossier=dossiers[0]).update(echeance=timezone.localdate())
    Conservation.objects.filter(dossier=dossiers[1]).update(propose=timezone.localdate(), bordereau={"empreinte": "0"})
    visite = visiter("dpo", largeur=largeur)
    for nom, adresse in (
        ("tableau", "/conservation/"),
        ("gele", f"/conservation/{dossiers[0].cle}/"),
        ("propose", f"/conservation/{dossiers[1].cle}/"),
        ("durees", "/reglages/conservation/"),
    ):
        page = visite.aller(adresse)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), adresse
        visite.accessible()
        if dossier_images := os.environ.get("TDU_CAPTURES"):
            page.screenshot(path=f"{dossier_images}/conservation-{nom}-{largeur}.png", full_page=True)
    assert page.get_by_role("heading", name="Durées de conservation").is_visible()
