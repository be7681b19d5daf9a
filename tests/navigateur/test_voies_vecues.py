"""Each voie with a patient, lived through: « Que faire ? », the steps, the sending, the recipient, the outcome."""

import random
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from dossiers.models import Dossier
from fiches.chargement import charger
from signalements.models import Signalement
from signalements.situations_fictives import SITUATIONS
from signalements.voies import EN_MAIN_PROPRE, VOIES
from tests.distribution import DONNEES
from tests.navigateur.conftest import Visite
from tests.navigateur.marche import arriver, ecrire, repondre, transmettre

pytestmark = pytest.mark.django_db(transaction=True)

# Who lives each voie: the rightful professions in turn; then who receives it.
PERSONNES = {
    "VC_SANS_ACCORD": ("infirmiere", "parquet"),
    "MAJEUR_AVEC_ACCORD": ("soignante", "parquet"),
    "PLAINTE_SIMPLIFIEE": ("sociale", "opj"),
    "MINEUR_SIGNALEMENT": ("soignante", "parquet"),
    "MINEUR_IP": ("sociale", "crip"),
    "MSF": ("infirmiere", "parquet"),
    "TRAITE": ("soignante", "parquet"),
    "MAJEUR_VULNERABLE_PR": ("medecin", "parquet"),
    "MAJEUR_VULNERABLE_ARS": ("sociale", "ars"),
    "ARME_PREFET": ("sociale", "prefecture"),
    "PERIL_TIERS": ("infirmiere", "parquet"),
    "RADICALISATION_MINEUR": ("soignante", "crip"),
    "DISPARITION": ("infirmiere", "opj"),
}
COMMUNES = {
    "nom": "Varlet-Dumesnil",
    "prenoms": "Élise",
    "sexe": "F",
    "contact_sur": "Par sa sœur, après 18 h.",
    "date_constat": "2026-11-22T01:25",
    "a_examine": True,
    "faits_observes": "Ecchymoses du cou (2), de 2 cm.",
    "propos_rapportes": "Elle déclare : « Il m’a serré le cou. »",
    "date_faits": "la veille vers 23 h",
    "commune_faits": "Anzin",
    "mesures": "Lit-porte sous confidentialité.",
    "danger_immediat": "OUI",
    "motif_danger": "Séparation annoncée il y a huit jours.",
    "emprise": "OUI",
    "motif_emprise": "Isolée de sa famille.",
}
COUPLE = {
    "lien_auteur": "EX_CONJOINT",
    "accord_recherche": "OUI",
    "accord": "REFUS",
    "information": "FAITE",
    "d06": "OUI",
}
# What differs from one voie to another; the other pages are looked at by their own journeys.
SIENNES = {"faits", "danger", "verifier", "lettre"}
MAJEUR = {"contexte": "TRAVAIL", "agression_sexuelle": "NON", "accord": "OUI", "accord_ecrit": True}


def reponses_de(voie: str) -> dict[str, Any]:
    """What the person answers: the common fields, then those of the voie as the demonstration knows them."""
    situation = SITUATIONS.get(voie)
    if situation is None:
        return {**COMMUNES, "age": 39, **(COUPLE if voie == "VC_SANS_ACCORD" else MAJEUR)}
    propres = situation.propres(random.Random(1))
    return {**COMMUNES, "age": situation.ages[1], **situation.communs, **propres}


def regarder(visite: Visite) -> Callable[[str], None]:
    """What is asked of every page: no axe violation, no sideways scrolling, on a screen and on a phone."""

    def voir(moment: str) -> None:
        page = visite.page
        page.wait_for_load_state()
        for largeur in (390, 1280):
            page.set_viewport_size({"width": largeur, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= largeur, (moment, largeur, page.url)
        if moment in SIENNES:
            visite.accessible()

    return voir


@pytest.mark.parametrize("voie", PERSONNES)
def test_la_voie_se_vit_de_que_faire_a_la_suite(voie: str, visiter: Callable[..., Visite]) -> None:
    charger(DONNEES)
    nom, receveur = PERSONNES[voie]
    auteur, destinataire = visiter(nom), visiter(receveur)
    page, voir = auteur.aller("/accueil/"), regarder(auteur)
    arriver(page, voie, voir)
    assert ecrire(page, reponses_de(voie), voir) >= 3
    transmettre(page, voir)
    dossier = Dossier.objects.get()
    assert (dossier.variante, dossier.etat) == (voie, "TRANSMIS")
    assert Signalement.objects.get().fige_le is not None

    destinataire.aller("/parquet/")
    message = "La personne est protégée."
    suite = repondre(destinataire.page, message, regarder(destinataire))

    page.get_by_role("link", name=re.compile("^Suivre ce")).click()
    expect(page.get_by_text(message)).to_be_visible()
    expect(page.get_by_text(suite, exact=True)).to_have_count(0)
    voir("suivi")
    assert Dossier.objects.get().etat == "SUITES_CONNUES"


@pytest.mark.parametrize("voie", EN_MAIN_PROPRE)
def test_le_certificat_se_vit_de_que_faire_a_la_remise(voie: str, visiter: Callable[..., Visite]) -> None:
    charger(DONNEES)
    auteur, parquet = visiter("soignante"), visiter("parquet")
    page, voir = auteur.aller("/accueil/"), regarder(auteur)
    arriver(page, voie, voir)
    assert ecrire(page, {**reponses_de(voie), "faits_observes": SITUATIONS[voie].constats[0]}, voir) >= 3
    voir("verifier")
    page.get_by_label("À la personne elle-même").check(force=True)
    for nom in ("alertes_lues", "atteste"):
        if (case := page.locator(f'[name="{nom}"]')).count():
            case.check()
    page.get_by_role("button", name="Signer et noter la remise").click()
    expect(page.get_by_role("heading", name="La remise")).to_be_visible()
    voir("lettre")
    dossier = Dossier.objects.get()
    assert (dossier.variante, dossier.etat) == (voie, "REMIS")
    assert dossier.reference not in parquet.aller("/parquet/").locator("main").inner_text()


def test_le_signalement_part_aussi_sans_javascript_au_telephone(visiter: Callable[..., Visite]) -> None:
    """With names as long as the form takes, in one word: nothing overflows, for the author nor for the prosecutor."""
    charger(DONNEES)
    auteur, destinataire = visiter("infirmiere", scripts=False, largeur=390), visiter("parquet", largeur=390)
    page = auteur.aller("/accueil/")

    def voir(moment: str) -> None:
        page.wait_for_load_state()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, moment

    arriver(page, "VC_SANS_ACCORD", voir)
    longs = {"nom": "N" * 120, "prenoms": "P" * 120, "auteur_nom": "A" * 120, "contact_sur": "C" * 300}
    ecrire(page, {**reponses_de("VC_SANS_ACCORD"), **longs}, voir)
    transmettre(page, voir)
    recue = destinataire.aller(f"/parquet/{Dossier.objects.get().cle}/")
    recue.get_by_text("Afficher l’identité").first.click()
    recue.get_by_label("Motif").select_option("TRAITER")
    recue.get_by_role("button", name="Afficher 2 minutes").click()
    expect(recue.locator("main")).to_contain_text("N" * 120)
    assert recue.evaluate("document.documentElement.scrollWidth") <= 390


def test_une_session_finie_au_milieu_d_une_etape_ne_perd_pas_ce_qui_est_ecrit(visiter: Callable[..., Visite]) -> None:
    charger(DONNEES)
    auteur = visiter("infirmiere")
    page = auteur.aller("/signalements/nouveau/vc-sans-accord/")
    page.get_by_role("button", name="Commencer le signalement").click()
    etape = page.url
    with page.expect_response(lambda reponse: "/brouillons/" in reponse.url, timeout=15_000):
        page.get_by_label("Comment la joindre sans danger").fill("Par sa sœur, après 18 h.")
    page.context.clear_cookies(name="tdu_session")
    page.get_by_role("button", name="Enregistrer et continuer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Se connecter")
    page.locator("[name=username]").fill("infirmiere@demo.test")
    page.locator("[name=password]").fill("demonstration-2025")
    page.get_by_role("button", name="Se connecter").click()
    page.goto(etape)
    expect(page.get_by_label("Comment la joindre sans danger")).to_have_value("Par sa sœur, après 18 h.")
    auteur.messages.clear()  # the browser says the refused posts of the lost session in its console


def test_chaque_voie_a_ses_personnes() -> None:
    assert set(PERSONNES) == set(VOIES)
