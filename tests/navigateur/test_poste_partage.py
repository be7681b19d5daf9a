"""SEC-26, 29, 32, 37 in a real browser: nothing from elsewhere, nothing executed, nothing left on a shared computer."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page

from dossiers.models import Dossier
from tests.architecture.adresses import adresses, valeurs_d_exemple
from tests.canari import jetons_dans
from tests.distribution import Distribution
from tests.durcissement.charges import CHARGES
from tests.durcissement.monde import CHEZ_EUX, SORTIES
from tests.navigateur.conftest import ARGUMENTS, Visite
from tests.rapport import consigner
from tests.requisitions.conftest import octets_pdf
from tests.signalements import situation

VISIONNEUSE = ("chrome-extension://", "chrome://")  # Chromium’s own PDF viewer: no request leaves the machine
MARQUES = tuple(
    texte.encode(codage)
    for texte in ("CANARI-", "canari-", "Delcambre")
    for codage in ("utf-8", "utf-16-le", "utf-16-be")
)
ECOUTE = """
window.__refus = [];
document.addEventListener('securitypolicyviolation', e => window.__refus.push(e.violatedDirective + ' ' + e.blockedURI));
"""


@pytest.fixture(autouse=True)
def rendu_rapide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("documents.render.rendre_pdf", lambda gabarit, contexte, **_: octets_pdf(gabarit))


def pages_de(role: str, valeurs: Any) -> list[str]:
    """Every page this person has of its own."""
    espaces = {espace for espace, roles in CHEZ_EUX.items() if role in roles} | {"accueil", "convention", "accounts"}
    visites = []
    for adresse in adresses():
        espace = adresse.nom.split(":")[0]
        if espace in espaces and adresse.nom not in SORTIES:
            visites.append(adresse.visite(valeurs.get(espace, {})))
    return visites


def ouvrir(visite: Visite, chemin: str) -> tuple[int, str]:
    """Status and type of what the address gives; a file is downloaded, not shown."""
    try:
        reponse = visite.page.goto(visite.base + chemin)
    except Error:
        return 0, "téléchargement"
    return (reponse.status, reponse.headers.get("content-type", "")) if reponse else (0, "")


@pytest.mark.django_db(transaction=True)
def test_aucune_page_ne_viole_la_politique_ni_n_appelle_ailleurs(
    visiter: Callable[..., Visite], distribution: Distribution
) -> None:
    valeurs = valeurs_d_exemple(distribution)
    vues, violations, etrangeres = 0, [], []
    ouvertes: set[str] = set()
    for role in ("soignante", "parquet", "juriste", "usmp", "referente"):
        visite = visiter(role)
        visite.page.add_init_script(ECOUTE)
        visite.page.on(
            "request",
            lambda demande, base=visite.base: (
                etrangeres.append(demande.url)
                if not demande.url.startswith((base, "data:", "about:", "blob:", *VISIONNEUSE))
                else None
            ),
        )
        for chemin in pages_de(role, valeurs):
            if chemin in ouvertes:
                continue
            statut, genre = ouvrir(visite, chemin)
            if "html" not in genre:
                continue
            vues += 1
            if statut == 200:
                ouvertes.add(chemin)
            violations += [(chemin, refus) for refus in visite.page.evaluate("window.__refus || []")]
            if statut >= 400:
                # The browser says each error status in its console; that is no fault of the page.
                visite.messages[:] = [m for m in visite.messages if "the server responded with a status" not in m]
    assert violations == []
    assert etrangeres == []
    assert vues >= 60
    consigner("sec-26-chromium", pages=vues, violations=0)
    consigner("sec-32", pages=vues, demandes_etrangeres=0)


@pytest.mark.django_db(transaction=True)
def test_aucune_charge_ne_s_execute_dans_le_navigateur(
    visiter: Callable[..., Visite], distribution: Distribution, monkeypatch: pytest.MonkeyPatch
) -> None:
    tout = " ".join(CHARGES)
    monkeypatch.setitem(situation.JETON, "faits", tout)
    monkeypatch.setitem(situation.JETON, "paroles", tout)
    monkeypatch.setitem(situation.JETON, "contact", tout)
    monkeypatch.setitem(situation.JETON, "nom", CHARGES[0][:80])
    distribution.utilisateur("parquet")
    brouillon = situation.pret(distribution.acteur("soignante"))
    dossier = situation.transmis(distribution.acteur("soignante"))
    pages = {
        "soignante": [
            f"/signalements/{brouillon.cle}/{etape}/" for etape in ("personne", "faits", "danger", "accord", "verifier")
        ]
        + [f"/signalements/{dossier.cle}/suivi/", "/signalements/"],
        "parquet": [f"/parquet/{dossier.cle}/", f"/parquet/{dossier.cle}/suite/", "/parquet/"],
    }
    dialogues, executees, vues, montrees = [], [], 0, 0
    for role, chemins in pages.items():
        visite = visiter(role)
        visite.page.on("dialog", lambda dialogue: (dialogues.append(dialogue.message), dialogue.dismiss()))
        for chemin in chemins:
            visite.aller(chemin)
            visite.page.keyboard.press("Tab")
            visite.page.mouse.move(200, 300)
            vues += 1
            montrees += "window.__xss" in visite.page.inner_text("body")
            if visite.page.evaluate("window.__xss") is not None:
                executees.append(chemin)
    assert (dialogues, executees) == ([], [])
    assert montrees >= 2
    consigner("sec-37-chromium", charges=len(CHARGES), pages=vues, executions=0)


@contextmanager
def poste(chromium: Browser, profil: Path) -> Iterator[BrowserContext]:
    """The ward's computer: one profile on the disk, for everybody."""
    contexte = chromium.browser_type.launch_persistent_context(
        profil, executable_path="/usr/bin/chromium", args=ARGUMENTS, locale="fr-FR", accept_downloads=True
    )
    contexte.set_default_timeout(20_000)
    yield contexte
    contexte.close()


def se_connecter(page: Page, base: str, courriel: str) -> None:
    page.goto(f"{base}/connexion/")
    page.locator("input[type=email], input[name=username], input[name=login]").first.fill(courriel)
    page.locator("input[type=password]").first.fill("demonstration-2025")
    page.get_by_role("button", name=re.compile("Se connecter|Continuer")).first.click()
    page.wait_for_load_state()


def travailler(page: Page, base: str, brouillon: Dossier, envoye: Dossier) -> None:
    """Fill every text of the steps, search, show the identity, read the sent report."""
    for etape in ("personne", "faits", "danger", "accord"):
        page.goto(f"{base}/signalements/{brouillon.cle}/{etape}/")
        for champ in page.locator("main input[type=text]:visible, main textarea:visible").all():
            champ.fill("CANARI-SAISIE-9F vu par la soignante")
        page.wait_for_timeout(200)
        page.get_by_role("button", name=re.compile("Continuer|Enregistrer")).first.click()
        page.wait_for_load_state()
    page.goto(f"{base}/recherche/")
    page.locator("main input[name=q]").fill("CANARI-RECHERCHE-3C")
    page.locator("main input[name=q]").press("Enter")
    page.wait_for_load_state()
    page.goto(f"{base}/signalements/{envoye.cle}/suivi/")
    page.evaluate("document.querySelectorAll('details').forEach(bloc => { bloc.open = true; })")
    page.locator("select[name=motif]").first.select_option(index=1)
    page.locator("form:has(select[name=motif]) button").first.click()
    page.wait_for_load_state()
    assert "CANARI-NOM" in page.content()
    with page.expect_download() as recu:
        page.evaluate(
            "a => { const l = document.createElement('a'); l.href = a; document.body.append(l); l.click(); }",
            f"/signalements/{brouillon.cle}/apercu/",
        )
    recu.value.delete()


def contenu(page: Page) -> str:
    """What stands on the screen once the browser has stopped moving."""
    for _ in range(50):
        try:
            return str(page.content())
        except Error:
            page.wait_for_timeout(100)
    raise AssertionError("La page ne s’arrête pas de changer.")


@pytest.mark.django_db(transaction=True)
def test_un_poste_partage_ne_garde_rien_apres_la_deconnexion(
    chromium: Browser, live_server: Any, distribution: Distribution, tmp_path: Path
) -> None:
    distribution.utilisateur("parquet")
    soignante = distribution.acteur("soignante")
    brouillon, envoye = situation.pret(soignante), situation.transmis(soignante)
    retours = []
    with poste(chromium, tmp_path / "profil") as contexte:
        page = contexte.pages[0]
        se_connecter(page, live_server.url, "soignante@demo.test")
        travailler(page, live_server.url, brouillon, envoye)
        page.goto(f"{live_server.url}/signalements/{envoye.cle}/suivi/")
        page.locator("summary").first.click()
        page.get_by_role("button", name="Se déconnecter").first.click()
        page.wait_for_load_state()
        for _ in range(5):
            with suppress(Error):  # what was posted is not shown again: the browser says so instead
                page.go_back()
            retours.append(contenu(page))
    with poste(chromium, tmp_path / "profil") as contexte:
        contexte.pages[0].goto(f"{live_server.url}/signalements/{envoye.cle}/suivi/")
        retours.append(contexte.pages[0].content())
    assert [page[:300] for page in retours if "CANARI-" in page] == []
    fichiers, fautes = 0, []
    for fichier in (tmp_path / "profil").rglob("*"):
        if fichier.is_file() and not fichier.is_symlink():
            octets = fichier.read_bytes()
            fichiers += 1
            if any(marque in octets for marque in MARQUES) or jetons_dans(octets[:200_000]):
                fautes.append(str(fichier.relative_to(tmp_path)))
    assert fautes == []
    assert fichiers >= 50
    consigner("sec-29", fichiers=fichiers, retours=len(retours), canaris=0)
