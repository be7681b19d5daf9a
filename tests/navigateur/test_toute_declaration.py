"""Each route without a patient, lived through in Chromium: from « Que faire ? » to the outcome, refused to another."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dossiers.models import Dossier
from fiches.chargement import charger
from signalements.champs import Genre, Propre
from signalements.declarations.routes import ROUTES
from signalements.declarations.situations_fictives import SITUATIONS
from tests.distribution import DONNEES
from tests.navigateur.conftest import Visite

pytestmark = pytest.mark.django_db(transaction=True)
REFUS = "Votre rôle n’écrit pas cette déclaration."


@dataclass(frozen=True)
class Trajet:
    """Where the author starts, by which answers, who may not write it, who answers and how."""

    depart: str
    liens: tuple[str, ...]
    auteur: str
    refuse: str
    receveur: str
    suite: str


TRAJETS = {
    "OBJET_ILLICITE": Trajet(
        "/que-faire/5/",
        (
            "J’ai appris une infraction, une menace, une arme",
            "Des stupéfiants ont été trouvés sur un patient",
            "Préparer le bordereau",
        ),
        "soignante",
        "opj",
        "opj",
        "REMIS",
    ),
    "VIOLENCE_PERSONNEL": Trajet(
        "/que-faire/14/",
        ("Oui", "Une injure, un vol, une agression sexuelle", "Déclarer l’agression"),
        "soignante",
        "opj",
        "juriste",
        "SUIVI_INTERNE",
    ),
    "SANS_IDENTITE": Trajet(
        "/que-faire/16/",
        ("Personne : un patient ou un défunt est sans identité", "Remplir la fiche de renseignements"),
        "soignante",
        "juriste",
        "opj",
        "IDENTIFIE",
    ),
    "INFRACTION_ETAB": Trajet(
        "/que-faire/5/",
        (
            "J’ai appris une infraction, une menace, une arme",
            "Un crime ou un délit, d’une autre façon",
            "Hors du secret, dans mes fonctions",
            "Préparer l’avis au procureur",
        ),
        "garde",
        "soignante",
        "parquet",
        "ENQUETE",
    ),
    "ALERTE_SURETE": Trajet("/fiches/13/", ("Déclarer une alerte",), "garde", "soignante", "opj", "INTERVENTION"),
}


def repondre(page: Page, propre: Propre, valeur: Any) -> None:
    """Fill one question as its kind asks, by the name of its field."""
    if valeur in (None, "", []):
        return
    champ = page.locator(f"[name={propre.nom}]")
    match propre.genre:
        case Genre.MOMENT:
            champ.fill(f"{datetime.fromisoformat(valeur):%Y-%m-%dT%H:%M}")
        case Genre.PLUSIEURS:
            for code in valeur:
                page.locator(f"[name={propre.nom}][value={code}]").check()
        case Genre.CHOIX | Genre.OUI_NON | Genre.OUI_NON_NSP:
            if champ.first.evaluate("e => e.tagName") == "SELECT":
                champ.select_option(valeur)
            else:
                page.locator(f"[name={propre.nom}][value={valeur}]").check()
        case _:
            champ.fill(str(valeur))


def ecrire(visite: Visite, code: str) -> None:
    """Every page of the route, then the signature."""
    page, route, reponses = visite.page, ROUTES[code], SITUATIONS[code](0)
    page.get_by_role("button", name=route.bouton).click()
    for etape in route.parcours:
        expect(page.get_by_role("heading", level=1)).to_have_text(etape.libelle)
        for propre in route.propres_de(etape.code):
            repondre(page, propre, reponses.get(propre.nom))
        page.get_by_role("button", name="Enregistrer et continuer").click()
    for _ in range(len(route.pages_toutes) - len(route.parcours) - 1):
        page.get_by_role("link", name="Continuer").click()
    visite.accessible()
    page.get_by_label("Où le destinataire peut vous rappeler").fill("01 99 00 12 34")
    if page.get_by_label("J’ai lu les points signalés").count():
        page.get_by_label("J’ai lu les points signalés").check()
    page.get_by_label("J’ai relu.").check()
    page.get_by_role("button", name="Transmettre").click()
    expect(page.get_by_text("Déclaration transmise. Le texte est figé.")).to_be_visible()


def donner_suite(visite: Visite, code: str, suite: str, adresse: str) -> None:
    page = visite.aller(adresse)
    page.get_by_role("button", name="Accuser réception").click()
    page.get_by_role("link", name="Enregistrer une suite").click()
    page.get_by_label("Suite", exact=True).select_option(suite)
    for propre in ROUTES[code].suite:
        page.locator(f"[name={propre.nom}]").fill("2026-11-22" if propre.genre is Genre.JOUR else "4521")
    page.get_by_role("button", name="Enregistrer et informer").click()
    expect(page.get_by_role("heading", name="Suites")).to_be_visible()
    page.get_by_role("button", name="Clore").click()
    expect(page.get_by_text("Déclaration close.")).to_be_visible()


@pytest.mark.parametrize("code", sorted(TRAJETS))
def test_une_declaration_se_vit_de_que_faire_a_sa_suite(code: str, visiter: Callable[..., Visite]) -> None:
    charger(DONNEES)
    trajet = TRAJETS[code]
    auteur = visiter(trajet.auteur)
    page = auteur.aller(trajet.depart)
    for lien in trajet.liens:
        page.get_by_role("link", name=lien, exact=True).first.click()
    assert f"/declarations/nouvelle/{ROUTES[code].adresse}/" in page.url
    ecrire(auteur, code)
    refuse = visiter(trajet.refuse)
    refuse.aller(f"/declarations/nouvelle/{ROUTES[code].adresse}/")
    expect(refuse.page.get_by_text(REFUS)).to_be_visible()
    dossier = Dossier.objects.get()
    donner_suite(visiter(trajet.receveur), code, trajet.suite, f"/declarations/{dossier.cle}/")
    auteur.aller(f"/declarations/{dossier.cle}/")
    expect(page.get_by_role("heading", name="Suites")).to_be_visible()
    auteur.accessible()
