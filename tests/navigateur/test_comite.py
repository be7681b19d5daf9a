"""Opinions with a day, a remark answered, two versions side by side; then the committee from its call to its minutes."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from bilans.models import Decision, Reunion
from fiches import remarques, workflow
from fiches.chargement import charger
from fiches.models import Fiche, VersionFiche
from tests.distribution import DONNEES, Distribution
from tests.fiches.conftest import reecrire, relire

pytestmark = pytest.mark.django_db(transaction=True)


def sans_debordement(page: Any) -> None:
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_une_revision_a_son_echeance_ses_reponses_et_ses_deux_colonnes(
    distribution: Distribution, visiter: Callable[..., Any]
) -> None:
    charger(DONNEES)
    acteur = distribution.acteur("referente")
    version = workflow.proposer(fiche=Fiche.objects.get(numero=1), acteur=acteur)
    version = reecrire(version, acteur, essentiel=["Recevez la personne seule, dans un lieu fermé."])
    workflow.soumettre_lecture(version=version, acteur=acteur)
    pose = remarques.remarquer(
        version=version, acteur=distribution.acteur("parquet"), passage="essentiel", texte="Dire quel lieu."
    )
    referente = visiter("referente")
    page = referente.aller("/fiches/1/comparer/1.0/1.1/")
    page.get_by_text("Répondre", exact=False).first.click()
    page.get_by_label("Votre réponse").fill("Le salon des familles.")
    page.get_by_role("button", name="Enregistrer la réponse").click()
    expect(page.get_by_text("Le salon des familles.")).to_be_visible()
    remarques.resoudre(remarque=pose, acteur=acteur)
    page.reload()
    page.get_by_label("Avis attendus au plus tard le").fill((timezone.localdate() + timedelta(days=20)).isoformat())
    referente.accessible()
    page.get_by_role("button", name="Ouvrir l’approbation").click()
    expect(page.get_by_text(re.compile("dans 20 jours"))).to_be_visible()
    VersionFiche.objects.filter(pk=version.pk).update(avis_avant=timezone.localdate() - timedelta(days=2))
    page = referente.aller("/fiches/avis/")
    expect(page.get_by_text(re.compile("En retard, attendu le")).first).to_be_visible()
    referente.accessible()
    parquet = visiter("parquet", largeur=390, scripts=False)
    lue = parquet.aller("/fiches/1/comparer/1.0/1.1/?vue=cotes")
    gauche, droite = (lue.locator(f"[aria-labelledby={cote}-essentiel]").bounding_box() for cote in "ab")
    assert droite["y"] >= gauche["y"] + gauche["height"]
    sans_debordement(lue)
    page = referente.aller("/fiches/1/comparer/1.0/1.1/?vue=cotes")
    gauche, droite = (page.locator(f"[aria-labelledby={cote}-essentiel]").bounding_box() for cote in "ab")
    assert droite["x"] >= gauche["x"] + gauche["width"]
    referente.accessible()
    assert relire(version).etat == "EN_APPROBATION"
    page.set_viewport_size({"width": 390, "height": 844})
    page = referente.aller("/fiches/lectures/")
    sans_debordement(page)
    referente.accessible()


def test_le_comite_se_planifie_se_tient_et_ses_decisions_se_suivent(
    distribution: Distribution, visiter: Callable[..., Any]
) -> None:
    charger(DONNEES)
    referente = visiter("referente")
    page = referente.aller("/comite/")
    referente.accessible()
    page.get_by_role("link", name="Planifier une réunion").click()
    page.get_by_label("Date et heure").fill(f"{timezone.localdate() + timedelta(days=9)}T14:00")
    page.get_by_role("button", name="Planifier et inviter").click()
    expect(page.get_by_role("alert").get_by_text(re.compile("Dites où elle se tient"))).to_be_visible()
    referente.accessible()
    page.get_by_label("Lieu").fill("Salle du conseil")
    page.get_by_role("button", name="Planifier et inviter").click()
    expect(page.get_by_text("La réunion est planifiée.", exact=False)).to_be_visible()
    referente.accessible()
    Reunion.objects.update(debut=timezone.now() - timedelta(hours=2))
    page.reload()
    page.get_by_label("Présence : Parquet").check()
    page.get_by_role("textbox", name="Compte rendu").fill("Les étapes de la fiche 1 sont revues.")
    page.get_by_role("button", name="Enregistrer le compte rendu").click()
    page.get_by_role("textbox", name="Décision", exact=True).fill("Écrire un modèle de réponse.")
    page.get_by_label("Portée par").select_option(label="Parquet de Valenciennes")
    page.get_by_label("Pour le").fill((timezone.localdate() + timedelta(days=4)).isoformat())
    page.get_by_role("button", name="Ajouter la décision").click()
    referente.accessible()
    page.get_by_role("button", name="Noter l’approbation du compte rendu").click()
    expect(page.get_by_text("il ne change plus", exact=False)).to_be_visible()
    expect(page.get_by_role("button", name="Faire le PDF du compte rendu")).to_be_visible()
    referente.accessible()
    parquet = visiter("parquet", largeur=390)
    lue = parquet.aller("/comite/decisions/")
    lue.get_by_text("Dire ce qu’elle devient").click()
    lue.get_by_role("radio", name="Faite").check()
    parquet.accessible()
    sans_debordement(lue)
    lue.get_by_label("Ce qui a été fait").fill("Le modèle est en ligne.")
    lue.get_by_role("button", name="Enregistrer").click()
    expect(lue.get_by_text("Votre suite est enregistrée.", exact=False)).to_be_visible()
    assert Decision.objects.get().issue == "FAITE"
