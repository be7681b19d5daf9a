"""The nurse reads a sheet, checks what she understood, says which step does not work, and sees the answer."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from bilans.models import RetourExperience
from fiches.chargement import charger
from fiches.contenu import lire
from fiches.models import AccuseLecture, VersionFiche
from tests.distribution import DONNEES, Distribution

pytestmark = pytest.mark.django_db(transaction=True)


def lire_et_verifier(soignante: object) -> None:
    """She reads, answers one question wrong, is sent to the passage, then answers both right."""
    page = soignante.aller("/fiches/1/")
    page.get_by_role("button", name="J’ai lu cette version").click()
    expect(page.locator("#ma-lecture")).to_contain_text("Lue le")
    page.get_by_role("link", name="Vérifier en deux questions").click()
    soignante.accessible()
    questions = lire(VersionFiche.objects.get(fiche__numero=1, etat="EN_VIGUEUR").contenu).controle
    faux = 1 if questions[0].bonne != 1 else 2
    repondre(page, faux, questions[1].bonne)
    expect(page.get_by_role("link", name="relire le passage de la fiche")).to_be_visible()
    soignante.accessible()
    assert AccuseLecture.objects.get().verifie_le is None
    repondre(page, questions[0].bonne, questions[1].bonne)
    expect(page.locator("#ma-lecture")).to_contain_text("Lue et vérifiée")
    soignante.accessible()


def repondre(page: Page, *rangs: int) -> None:
    for question, rang in enumerate(rangs, 1):
        page.locator(f"input[name=question_{question}][value='{rang}']").check()
    page.get_by_role("button", name="Vérifier mes réponses").click()


def signaler(soignante: object) -> None:
    """An empty form first; then a text that looks nominative comes back with an advice."""
    page = soignante.aller("/fiches/1/")
    page.get_by_role("link", name=re.compile("Cette étape ne marche pas")).first.click()
    page.get_by_role("button", name="Envoyer à la référente").click()
    expect(page.get_by_role("alert").get_by_text("Choisissez ce qui ne marche pas.")).to_be_visible()
    soignante.accessible()
    page.get_by_role("radio", name="L’étape est impossible à faire").check()
    texte = page.get_by_label(re.compile("Que s’est-il passé"))
    texte.fill("Mme Quennesson a attendu : la pièce fermée est prise.")
    page.get_by_role("button", name="Envoyer à la référente").click()
    expect(page.get_by_text("Relisez avant d’envoyer")).to_be_visible()
    soignante.accessible()
    texte.fill("La nuit, la pièce fermée est prise.")
    page.get_by_role("button", name="Envoyer tel quel").click()
    expect(page.get_by_text("Votre retour est transmis à la référente.")).to_be_visible()
    expect(page.get_by_text("Pas encore de réponse.")).to_be_visible()
    soignante.accessible()


def traiter(referente: object) -> None:
    """From the sheet she sees that a feedback waits, answers it, and puts it on the committee's agenda."""
    page = referente.aller("/fiches/1/")
    expect(page.get_by_text("1 retour à traiter")).to_be_visible()
    referente.aller("/retours/a-traiter/")
    referente.accessible()
    page.get_by_role("link", name=re.compile("Fiche 1,")).click()
    expect(page.get_by_text("La nuit, la pièce fermée est prise.")).to_be_visible()
    page.get_by_role("button", name="Mettre à l’étude").click()
    page.get_by_label("Votre réponse").fill("Le bureau du cadre est ouvert la nuit.")
    referente.accessible()
    page.get_by_role("button", name="Répondre à son auteur").click()
    page.get_by_role("radio", name="Inscrit à l’ordre du jour du comité").check()
    referente.accessible()
    page.get_by_role("button", name="Conclure").click()
    expect(page.get_by_text("Clos", exact=True).first).to_be_visible()
    comite = referente.aller("/comite/")
    expect(comite.get_by_role("link", name=re.compile("Fiche 1,"))).to_be_visible()
    referente.accessible()


def test_une_soignante_lit_verifie_signale_une_etape_et_voit_la_reponse(
    distribution: Distribution, visiter: Callable[..., object]
) -> None:
    charger(DONNEES)
    soignante, referente = visiter("soignante", largeur=390), visiter("referente")
    lire_et_verifier(soignante)
    signaler(soignante)
    traiter(referente)
    page = soignante.aller("/fiches/")
    page.get_by_role("link", name="Mes retours").click()
    soignante.accessible()
    page.get_by_role("link", name=re.compile("Fiche 1,")).click()
    expect(page.get_by_text("Le bureau du cadre est ouvert la nuit.")).to_be_visible()
    expect(page.get_by_text("Inscrit à l’ordre du jour du comité")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    soignante.accessible()
    assert RetourExperience.objects.get().etat == "CLOS"


def test_la_carte_des_lectures_se_lit_au_telephone_et_en_sombre(
    distribution: Distribution, visiter: Callable[..., object]
) -> None:
    charger(DONNEES)
    for nom, largeur in (("referente", 1280), ("cadre", 390)):
        visite = visiter(nom, largeur=largeur, sombre=largeur == 390)
        page = visite.aller("/fiches/lectures/")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        visite.accessible()
