"""A person walks through a signalement as the pages show it: the tree, each step's own fields, the sending."""

import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from fiches.arbre import modele
from fiches.models import VersionFiche

PARIS = ZoneInfo("Europe/Paris")
Voir = Callable[[str], None]
# What the page shows of its form: one entry a name, with the way it is answered.
CHAMPS = """
() => Object.entries([...document.querySelectorAll('form[data-brouillon] [name]')]
  .filter(e => !['hidden', 'submit'].includes(e.type))
  .reduce((noms, e) => ({...noms, [e.name]: {
      genre: e.tagName === 'SELECT' ? 'select' : e.type, requis: e.required, lignes: e.name.includes('-')}}), {}))
"""


def chemin_vers(voie: str, titres: list[str]) -> tuple[str, list[str]]:
    """Which of these tiles and which answers lead to this voie by the shortest way."""
    trouves: list[tuple[int, str, list[str]]] = []
    for version in VersionFiche.objects.filter(etat="EN_VIGUEUR").select_related("fiche").order_by("fiche__numero"):
        arbre = modele.lire(version.contenu.get("arbre"))
        if arbre and version.titre in titres:
            trouves += [(len(reponses), version.titre, reponses) for reponses in _chemins(arbre, voie)]
    assert trouves, f"aucune situation de « Que faire ? » ne mène à {voie}"
    _, titre, reponses = min(trouves)
    return titre, reponses


def _chemins(arbre: modele.Arbre, voie: str) -> Iterator[list[str]]:
    suite: deque[tuple[str, list[str]]] = deque([(arbre.questions[0].id, [])])
    while suite:
        ou, reponses = suite.popleft()
        conclusion = arbre.conclusion(ou)
        if conclusion and conclusion.acte["cible"] == f"signalement:{voie}":
            yield reponses
        question = arbre.question(ou)
        suite += [(reponse.vers, [*reponses, reponse.texte]) for reponse in (question.reponses if question else ())]


def arriver(page: Page, voie: str, voir: Voir) -> None:
    """From the home page to the first step, by « Que faire ? »."""
    titre, reponses = chemin_vers(voie, page.locator(".tiles .tile a").all_inner_texts())
    page.locator(".tiles").get_by_role("link", name=titre, exact=True).click()
    for rang, reponse in enumerate(reponses, 1):
        voir(f"question-{rang}")
        page.locator(".reponses").get_by_role("link", name=reponse, exact=True).click()
    voir("conclusion")
    page.locator("a.btn--primary[href^='/signalements/nouveau/']").click()
    voir("depart")
    page.get_by_role("button", name="Commencer le signalement").click()


def remplir(page: Page, reponses: Mapping[str, Any]) -> None:
    """Answer what this page asks and nothing else; a required field without an answer takes the first."""
    for nom, champ in page.evaluate(CHAMPS):
        controles = page.locator(f'form[data-brouillon] [name="{nom}"]')
        if reponses.get(nom) not in (None, "", []):
            _repondre(controles, champ["genre"], reponses[nom])
        elif champ["requis"]:
            raise AssertionError(f"{page.url} demande « {nom} » : la table de l’essai n’y répond pas")


def _repondre(controles: Locator, genre: str, valeur: Any) -> None:
    if genre in {"radio", "checkbox"}:
        for mot in valeur if isinstance(valeur, list) else [valeur]:
            choix = controles if mot is True else controles.and_(controles.page.locator(f'[value="{mot}"]'))
            choix.check(force=True)
    elif genre == "select":
        controles.select_option(valeur)
    elif genre == "datetime-local" and valeur[-6] in "+-":
        controles.fill(datetime.fromisoformat(valeur).astimezone(PARIS).strftime("%Y-%m-%dT%H:%M"))
    else:
        controles.fill(str(valeur))


def ecrire(page: Page, reponses: Mapping[str, Any], voir: Voir) -> int:
    """Every step in the order of the pages, until the last; returns how many."""
    faites = 0
    while not page.url.endswith("/verifier/"):
        depart = page.url
        continuer = page.get_by_role("button", name="Enregistrer et continuer")
        if continuer.count():
            remplir(page, reponses)
        voir(depart.rstrip("/").rsplit("/", 1)[-1])
        (continuer if continuer.count() else page.get_by_role("link", name="Continuer", exact=True)).click()
        page.wait_for_load_state()
        erreurs = page.locator(".error-summary")
        assert page.url != depart, erreurs.inner_text() if erreurs.count() else depart
        faites += 1
    return faites


def transmettre(page: Page, voir: Voir) -> None:
    voir("verifier")
    expect(page.get_by_text("à compléter avant l’envoi")).to_have_count(0)
    page.get_by_label("Où le destinataire peut vous rappeler").fill("01 99 00 12 34")
    page.get_by_label("Appel au destinataire, quand").fill("2026-11-22T01:40")
    page.get_by_label("À qui avez-vous parlé").fill("à la permanence")
    for nom in ("alertes_lues", "attestation_conscience"):
        if (case := page.locator(f'[name="{nom}"]')).count():
            case.check()
    page.get_by_role("button", name=re.compile("^Transmettre")).click()
    expect(page.get_by_role("heading", name=re.compile("transmise? à"))).to_be_visible()
    voir("transmis")


def repondre(page: Page, message: str, voir: Voir) -> str:
    """The recipient opens the case on top of the inbox, acknowledges, gives the first outcome; returns its name."""
    voir("boite")
    page.locator("table a[href^='/parquet/']").first.click()
    voir("lettre")
    page.get_by_role("button", name="Accuser réception").click()
    voir("accuse")
    page.get_by_role("link", name="Enregistrer une suite").click()
    suites = page.get_by_label("Suite", exact=True)
    suites.select_option(index=1)
    suite = suites.locator("option").nth(1).inner_text()
    page.get_by_label("Ce que lit l’auteur du signalement").fill(message)
    voir("suite")
    page.get_by_role("button", name="Enregistrer et informer").click()
    expect(page.get_by_text(suite).first).to_be_visible()
    voir("suite-donnee")
    return suite
