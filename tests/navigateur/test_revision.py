"""A revision by two référentes: one writes, the other reads who and what; nothing typed is lost; what ages is shown."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from fiches import redaction, remarques, workflow
from fiches.chargement import charger
from fiches.models import Fiche, Redaction, ReferenceLegale, Remarque, VerrouRedaction, VersionFiche
from tests.distribution import DONNEES, Distribution
from tests.fiches.conftest import reecrire, relire, suppleer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def projet(distribution: Distribution) -> VersionFiche:
    charger(DONNEES)
    referente = distribution.acteur("referente")
    version = workflow.proposer(fiche=Fiche.objects.get(numero=1), acteur=referente)
    return reecrire(version, referente, essentiel=["Recevez la personne seule, dans un lieu fermé."])


def test_une_personne_ecrit_a_la_fois_et_ce_qui_est_tape_se_retrouve(
    projet: VersionFiche, distribution: Distribution, visiter: Callable[..., Any]
) -> None:
    suppleante = suppleer(distribution)
    redaction.prendre(version=projet, acteur=suppleante.acteur)
    visite = visiter("referente")
    page = visite.aller("/fiches/1/rediger/")
    expect(page.get_by_text(re.compile("Mme Agnès Vautrin rédige depuis")).first).to_be_visible()
    expect(page.get_by_role("button", name="Rédiger")).to_be_disabled()
    visite.accessible()
    VerrouRedaction.objects.update(dernier_signe=timezone.now() - timedelta(minutes=11))
    page.reload()
    page.get_by_role("button", name="Rédiger").click()
    page.get_by_label("En cas d’urgence").fill("Danger immédiat : appelez le 17, puis le cadre de garde.")
    expect(page.get_by_text(re.compile("Enregistré à"))).to_be_visible(timeout=15_000)
    visite.accessible()
    VerrouRedaction.objects.all().delete()
    reecrire(relire(projet), suppleante.acteur, urgence="Danger immédiat : appelez le 17.")
    page.get_by_label("Pourquoi cette version").fill("Retour du terrain.")
    expect(page.get_by_text(re.compile("Votre saisie est conservée"))).to_be_visible(timeout=15_000)
    page.reload()
    expect(page.get_by_role("heading", name=re.compile("Votre saisie"))).to_be_visible()
    expect(page.locator("ins", has_text="puis le cadre de garde")).to_be_visible()
    visite.accessible()
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Reprendre cette saisie").click()
    expect(page.get_by_label("En cas d’urgence")).to_have_value(re.compile("puis le cadre de garde"))
    page.get_by_role("button", name="Enregistrer le texte").click()
    expect(page.get_by_text("Le texte est enregistré.")).to_be_visible()
    assert not Redaction.objects.exists()
    assert "cadre de garde" in relire(projet).contenu["urgence"]


def test_les_versions_se_comparent_s_impriment_et_une_fiche_se_verifie(
    projet: VersionFiche, distribution: Distribution, visiter: Callable[..., Any]
) -> None:
    ReferenceLegale.objects.filter(cle="CP-226-14-3").update(fin=timezone.localdate() - timedelta(days=1))
    VersionFiche.objects.filter(fiche__numero__lte=3, etat="EN_VIGUEUR").update(
        verifie_le=timezone.localdate() - timedelta(days=400)
    )
    visite = visiter("referente")
    page = visite.aller("/fiches/1/versions/")
    visite.accessible()
    page.get_by_label("À la version").select_option("1.0")
    page.get_by_role("button", name="Comparer").click()
    expect(page.get_by_role("alert").get_by_text("Choisissez deux versions différentes.")).to_be_visible()
    visite.accessible()
    page.get_by_label("À la version").select_option("1.1")
    page.get_by_role("button", name="Comparer").click()
    expect(page.locator(".redline__texte ins").first).to_contain_text("fermé")
    expect(page.get_by_role("button", name="Imprimer les changements")).to_be_visible()
    visite.accessible()
    page = visite.aller("/fiches/references/")
    visite.accessible()
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("button", name="Vérifiée aujourd’hui : fiche 2").click()
    expect(page.get_by_text("La fiche 2 est vérifiée aujourd’hui.")).to_be_visible()


def test_un_groupe_se_compose_et_le_tableau_dit_qui_retient_quel_passage(
    projet: VersionFiche, distribution: Distribution, visiter: Callable[..., Any]
) -> None:
    distribution.utilisateur("opj2")
    visite = visiter("referente")
    page = visite.aller("/fiches/groupes/")
    page.get_by_text("Ajouter une personne").first.click()
    page.get_by_label("Adresse électronique de son compte").first.fill("personne@ailleurs.test")
    page.get_by_role("button", name="Ajouter au groupe").first.click()
    expect(page.get_by_role("alert").get_by_text(re.compile("Aucun compte actif"))).to_be_visible()
    visite.accessible()
    page.get_by_label("Adresse électronique de son compte").first.fill(distribution.utilisateur("opj2").courriel)
    page.get_by_role("button", name="Ajouter au groupe").first.click()
    expect(page.get_by_text("1 membre, 1 partenaire")).to_be_visible()
    visite.accessible()
    membre = visiter("opj2", largeur=390)
    lue = membre.aller("/fiches/1/comparer/1.0/1.1/")
    lue.get_by_label("Remarque", exact=True).fill("Dire quel lieu.")
    lue.get_by_role("button", name="Enregistrer la remarque").click()
    expect(lue.get_by_text("Dire quel lieu.")).to_be_visible()
    membre.accessible()
    referente = distribution.acteur("referente")
    workflow.soumettre_lecture(version=relire(projet), acteur=referente)
    remarques.resoudre(remarque=Remarque.objects.get(), acteur=referente)
    workflow.ouvrir_approbation(version=relire(projet), acteur=referente)
    ordre = visiter("ordre")
    lue = ordre.aller("/fiches/1/comparer/1.0/1.1/")
    lue.get_by_role("radio", name=re.compile("J’ai une réserve")).check()
    lue.get_by_label("Motif").fill("Dire qui ferme la porte.")
    lue.get_by_text("Passages visés par une réserve").click()
    lue.get_by_role("checkbox", name="L’essentiel").check()
    lue.get_by_role("button", name="Donner mon avis").click()
    expect(lue.get_by_text("Avis enregistré pour Ordre des médecins")).to_be_visible()
    ordre.accessible()
    lue.set_viewport_size({"width": 390, "height": 844})
    assert lue.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
