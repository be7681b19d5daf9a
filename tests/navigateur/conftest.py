"""Real Chromium against a live server on the loopback address; any console message or axe violation fails."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.distribution import Distribution

# Debian’s window-less build of the same engine, where it is installed: a fifth less time.
CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        navigateur = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield navigateur
        navigateur.close()


class Visite:
    """One person's window; `page` is Playwright's."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base, self.messages = page, base, []
        page.on(
            "console",
            lambda message: self.messages.append(message.text) if message.type in {"error", "warning"} else None,
        )
        page.on("pageerror", lambda erreur: self.messages.append(str(erreur)))

    def aller(self, adresse: str) -> Page:
        self.page.goto(self.base + adresse)
        return self.page

    def accessible(self) -> None:
        """No accessibility violation on the present page."""
        resultat = Axe().run(self.page)
        assert resultat.violations_count == 0, resultat.generate_report()


@pytest.fixture
def visiter(chromium: Browser, live_server: object, distribution: Distribution) -> Iterator[Callable[..., Visite]]:
    """`visiter("opj", largeur=390)` opens a window signed in as that person; several people may be open at once."""
    visites: list[Visite] = []

    def ouvrir(nom: str, *, largeur: int = 1280, sombre: bool = False, scripts: bool = True) -> Visite:
        contexte = chromium.new_context(
            viewport={"width": largeur, "height": 900},
            locale="fr-FR",
            timezone_id="Europe/Paris",
            color_scheme="dark" if sombre else "light",
            java_script_enabled=scripts,
            bypass_csp=False,
        )
        contexte.set_default_timeout(10_000)
        client = distribution.client(nom)
        biscuit = client.cookies["tdu_session"]
        contexte.add_cookies([{"name": "tdu_session", "value": biscuit.value, "url": live_server.url}])
        visite = Visite(contexte.new_page(), live_server.url)
        visites.append(visite)
        return visite

    yield ouvrir
    for visite in visites:
        visite.page.context.close()
    messages = [message for visite in visites for message in visite.messages]
    assert messages == []
