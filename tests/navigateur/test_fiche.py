"""Journey 5, first half: a version of sheet 1 is proposed, read, reserved, approved by nine partners, in force."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from fiches.chargement import charger
from fiches.models import VersionFiche
from tests.distribution import DONNEES, Distribution
from tests.fiches.conftest import REPRESENTANTS

pytestmark = pytest.mark.django_db(transaction=True)


def donner_avis(page: object, choix: str, motif: str = "") -> None:
    page.get_by_role("radio", name=re.compile(choix)).check()
    if motif:
        page.get_by_label("Motif").fill(motif)
    page.get_by_role("button", name="Donner mon avis").click()


def proposer(referente: object) -> None:
    """The référente opens version 1.1, changes one line, submits it and opens the approval."""
    page = referente.aller("/fiches/1/")
    page.get_by_role("button", name="Proposer une version").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rédiger la version 1.1")
    referente.accessible()
    page.get_by_label("Pourquoi cette version").fill("Retour d’expérience des urgences.")
    essentiel = page.get_by_label("L’essentiel", exact=True)
    essentiel.fill(essentiel.input_value().replace("la personne seule", "la personne seule, dans un lieu fermé"))
    page.get_by_role("button", name="Enregistrer le texte").click()
    expect(page.get_by_text("Le texte est enregistré.")).to_be_visible()
    page.get_by_role("button", name="Soumettre aux neuf partenaires").click()
    page.get_by_role("button", name="Ouvrir l’approbation").click()
    expect(page.get_by_text("En approbation").first).to_be_visible()


def reserver(ordre: object) -> None:
    """The Ordre reads the difference on a phone, forgets the ground, then gives it."""
    page = ordre.aller("/fiches/1/")
    page.get_by_role("link", name="Voir les changements proposés").click()
    expect(page.locator(".redline__texte ins").first).to_contain_text("fermé")
    ordre.accessible()
    donner_avis(page, "J’ai une réserve")
    expect(page.get_by_role("alert").get_by_text("Une réserve doit être motivée.")).to_be_visible()
    donner_avis(page, "J’ai une réserve", "Dire qui ferme la porte.")
    expect(page.get_by_text("Avis enregistré pour Ordre des médecins")).to_be_visible()


def test_une_version_proposee_entre_en_vigueur_quand_les_neuf_l_approuvent(
    distribution: Distribution, visiter: Callable[..., object]
) -> None:
    charger(DONNEES)
    referente, ordre = visiter("referente"), visiter("ordre", largeur=390)
    proposer(referente)
    reserver(ordre)
    for nom in REPRESENTANTS:
        partenaire = ordre if nom == "ordre" else visiter(nom)
        avis = partenaire.aller("/fiches/1/comparer/1.0/1.1/")
        donner_avis(avis, "J’approuve")
        expect(avis.get_by_text(re.compile("Avis enregistré pour"))).to_be_visible()
    page = referente.aller("/fiches/1/comparer/1.0/1.1/")
    expect(page.get_by_text("Tous approuvent")).to_be_visible()
    referente.accessible()
    page.get_by_role("button", name="Mettre en vigueur").click()
    expect(page.get_by_text("La version est en vigueur.")).to_be_visible()
    expect(page.get_by_text("Approuvée par les 9 partenaires")).to_be_visible()
    soignante = visiter("soignante", largeur=390)
    expect(soignante.aller("/fiches/1/").get_by_text("dans un lieu fermé")).to_be_visible()
    soignante.accessible()
    assert VersionFiche.objects.get(fiche__numero=1, etat="EN_VIGUEUR").numero == "1.1"


def test_la_fiche_la_convention_et_l_annuaire_sont_accessibles_en_sombre_et_au_telephone(
    distribution: Distribution, visiter: Callable[..., object]
) -> None:
    charger(DONNEES)
    for nom, largeur, sombre in (("soignante", 390, True), ("opj", 1280, False)):
        visite = visiter(nom, largeur=largeur, sombre=sombre)
        for adresse in ("/fiches/", "/fiches/1/", "/convention/", "/annuaire/"):
            page = visite.aller(adresse)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), adresse
            visite.accessible()
