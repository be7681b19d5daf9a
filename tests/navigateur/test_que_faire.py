"""The nurse at 2 a.m., on a phone, by keyboard: from the home page to the right recipient in under six clicks."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from fiches.chargement import charger
from fiches.models import ConsultationSecret, VersionFiche
from tests.distribution import DONNEES, Distribution

pytestmark = pytest.mark.django_db(transaction=True)
REPONSES = (
    "Non, ou pas à cet instant",
    "Majeure, en état de se protéger",
    "Non, ou elle ne peut pas répondre",
    "Oui, les deux",
)


def au_clavier(page: Page, nom: str) -> None:
    """Reach a link by Tab alone and press Enter; what holds the focus must be seen."""
    for _ in range(60):
        page.keyboard.press("Tab")
        courant = page.locator(":focus")
        if courant.count() and nom in courant.inner_text().replace("\u00a0", " "):
            assert courant.evaluate("e => getComputedStyle(e).outlineStyle !== 'none' || e.closest('.tile') !== null")
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"« {nom} » n’est pas atteint au clavier")


@pytest.mark.parametrize("scripts", [True, False])
def test_de_l_accueil_a_la_conclusion_au_clavier_et_au_telephone(
    scripts: bool, distribution: Distribution, visiter: Callable[..., object]
) -> None:
    charger(DONNEES)
    soignante = visiter("soignante", largeur=390, scripts=scripts)
    page = soignante.aller("/accueil/")
    clics = 0
    for nom in ("Violences dans le couple", *REPONSES):
        au_clavier(page, nom)
        page.wait_for_load_state()
        clics += 1
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        if scripts:
            soignante.accessible()
    assert clics < 6
    expect(page.get_by_role("heading", level=1)).to_have_text("Signaler sans son accord")
    expect(page.get_by_text("Oui, un texte vous le permet.")).to_be_in_viewport()
    assert (
        page.get_by_role("link", name=re.compile(r"^0\d")).first.get_attribute("href", timeout=5000).startswith("tel:")
    )  # type: ignore[union-attr]
    assert re.search(r"\?v=1\.0&r=2-1-3-1$", page.url)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sa vie est-elle en danger immédiat")
    page.go_forward()
    page.get_by_role("link", name="Commencer le signalement").click()
    assert "/signalements/nouveau/vc-sans-accord/" in page.url


def test_la_psychologue_lit_qu_il_faut_cosigner_et_garde_une_trace(
    distribution: Distribution, visiter: Callable[..., object]
) -> None:
    charger(DONNEES)
    soignante = visiter("soignante", largeur=390, sombre=True)
    page = soignante.aller("/que-faire/5/?v=1.0&r=3-3-2")
    page.get_by_label("La réponse en dépend").select_option(label="Psychologue")
    page.get_by_role("button", name="Voir la réponse").click()
    expect(page.get_by_text("faites cosigner par un médecin")).to_be_visible()
    soignante.accessible()
    page.get_by_label("Qui demande").select_option(label="Moi-même ou un collègue")
    page.get_by_label("Sur quoi").select_option(label="Une personne victime ou en danger")
    page.get_by_role("button", name="Garder la trace").click()
    expect(page.get_by_text("La trace est gardée. Vous seul la lisez.")).to_be_visible()
    soignante.accessible()
    page.get_by_label("Ordre des médecins").check()
    page.get_by_role("button", name="J’ai demandé cet avis").click()
    page.get_by_label("Je révèle ce que le texte permet").check()
    page.get_by_label("Motif").fill("Cosigné par le médecin qui a constaté.")
    page.get_by_role("button", name="Noter ma décision").click()
    expect(page.get_by_text("Cosigné par le médecin qui a constaté.")).to_be_visible()
    soignante.accessible()
    assert ConsultationSecret.objects.get().etat == "DECIDEE"
    soignante.aller("/que-faire/traces/")
    soignante.accessible()


def test_la_referente_dessine_corrige_une_boucle_essaie_et_enregistre(
    distribution: Distribution, visiter: Callable[..., object]
) -> None:
    charger(DONNEES)
    referente = visiter("referente")
    page = referente.aller("/fiches/12/")
    page.get_by_role("button", name="Proposer une version").click()
    page.get_by_role("link", name="Que faire ?").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dessiner « Que faire ? »")
    referente.accessible()
    page.get_by_role("link", name="Modifier La personne dangereuse est-elle").click()
    referente.accessible()
    page.get_by_label("Mène à").nth(1).select_option(
        label="Question : Va-t-il passer à l’acte, de façon précise et imminente ?"
    )
    page.get_by_role("button", name="Garder").click()
    expect(page.get_by_role("link", name=re.compile("tournent en boucle"))).to_be_visible()
    referente.accessible()
    page.get_by_role("link", name=re.compile("tournent en boucle")).click()
    page.get_by_role("link", name="Revenir au dessin").click()
    page.get_by_role("link", name="Modifier La personne dangereuse est-elle").click()
    page.get_by_label("Mène à").nth(1).select_option(label="Conclusion : Arme rapportée par un tiers")
    page.get_by_role("button", name="Garder").click()
    expect(page.get_by_role("link", name=re.compile("Aucune réponse ne mène à la conclusion"))).to_be_visible()
    page.get_by_role("button", name="Retirer La personne dangereuse n’est pas").click()
    expect(page.get_by_role("heading", name=re.compile("à corriger"))).to_have_count(0)
    page.get_by_role("link", name="Essayer").click()
    expect(page.get_by_text("Essai d’un projet")).to_be_visible()
    referente.accessible()
    page.get_by_role("link", name="Revenir au dessin").click()
    page.get_by_role("button", name="Enregistrer l’arbre dans la version").click()
    expect(page.get_by_text("L’arbre est enregistré dans la version.")).to_be_visible()
    conclusions = VersionFiche.objects.get(fiche__numero=12, etat="PROJET").contenu["arbre"]["conclusions"]
    assert "c-2" not in {conclusion["id"] for conclusion in conclusions}
