"""Each voie with a patient, lived through: « Que faire ? », the steps, the sending, the recipient, the outcome."""

import os
import random
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from dossiers.models import Dossier
from fiches.chargement import charger
from signalements.models import Signalement
from signalements.situations_fictives import SITUATIONS
from signalements.voies import VOIES
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
            if d := os.environ.get("PHOTOS"):
                d += "/" + os.environ["PYTEST_CURRENT_TEST"].split("[")[1].split("]")[0]
                os.makedirs(d, exist_ok=True)
                n = len(os.listdir(d)) // 2
                page.screenshot(path=f"{d}/{n:02d}-{moment}-{largeur}.png", full_page=True)
        if not os.environ.get("PHOTOS"):
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

    page.get_by_role("link", name="Suivre ce signalement").click()
    expect(page.get_by_text(message)).to_be_visible()
    expect(page.get_by_text(suite, exact=True)).to_have_count(0)
    voir("suivi")
    assert Dossier.objects.get().etat == "SUITES_CONNUES"


def test_chaque_voie_a_ses_personnes() -> None:
    assert set(PERSONNES) == set(VOIES)
