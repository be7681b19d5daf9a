"""The keyboard alone: Tab from stop to stop, what holds the focus is seen, and every key is counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

ARRETS_MAXIMUM = 120
PARTIES = 7
# What may show the focus of a control: itself, its label, its tile, the drawing beside it.
PORTEURS = """() => {
window.__porteurs = e => [e, e.closest('.tile'), e.closest('label'), e.labels?.[0], e.nextElementSibling].filter(Boolean);
window.__aspect = e => window.__porteurs(e).map(p => {
  const s = getComputedStyle(p);
  return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow].join();
}).join('|');
const tenu = document.activeElement;
tenu.blur();
window.__repos = new Map([...document.querySelectorAll('a, button, input, select, textarea, summary, [tabindex]')]
  .map(e => [e, window.__aspect(e)]));
if (tenu !== document.body) tenu.focus();
}"""
ARRET = """
() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const boite = window.__porteurs(e)[0].getBoundingClientRect();
  return {
    nom: e.name || '', genre: e.type || '', balise: e.tagName, texte: (e.innerText || '').replaceAll('\\u00a0', ' ').trim(),
    vu: window.__repos.get(e) !== window.__aspect(e), rang: [...document.querySelectorAll('*')].indexOf(e),
    dedans: boite.top < innerHeight && boite.bottom > 0,
  };
}
"""


@dataclass(slots=True)
class Clavier:
    """One person who has no mouse; `touches` and `pages` are what she spent."""

    page: Page
    touches: int = 0
    pages: int = 0
    arrets: int = 0
    invisibles: list[str] = field(default_factory=list)

    def presser(self, touche: str, fois: int = 1) -> None:
        for _ in range(fois):
            self.page.keyboard.press(touche)
        self.touches += fois

    def taper(self, texte: str) -> None:
        self.page.keyboard.type(texte)
        self.touches += len(texte)

    def suivre(self, but: str, reponses: Mapping[str, Any] | None = None) -> None:
        """Tab through the page, answering what is known, until the link or the button that begins so; then Enter."""
        self.page.wait_for_load_state()
        self.page.evaluate(PORTEURS)
        restent, avant, meme = dict(reponses or {}), None, 0
        for rang in range(ARRETS_MAXIMUM):
            if rang or self.page.evaluate(ARRET) is None:  # a page may open with the cursor in its first field
                self.presser("Tab")
            arret = self.page.evaluate(ARRET)
            if arret is None:
                continue
            meme = meme + 1 if arret["rang"] == avant else 0
            avant = arret["rang"]
            # A native date has one stop for each of its parts, and one for its calendar.
            assert meme <= (PARTIES if arret["genre"].startswith("date") else 0), (
                f"le focus est pris au piège : {arret}"
            )
            if meme:
                continue
            self.arrets += 1
            if not (arret["vu"] and arret["dedans"]):
                self.invisibles.append(f"{self.page.url} {arret}")
            if arret["nom"] in restent:
                self._repondre(arret, restent.pop(arret["nom"]))
            elif not restent and arret["balise"] in {"A", "BUTTON"} and arret["texte"].startswith(but):
                with self.page.expect_navigation():
                    self.presser("Enter")
                self.pages += 1
                return
        raise AssertionError(f"« {but} » n’est pas atteint au clavier, restent {restent}, {self.page.url}")

    def _repondre(self, arret: Mapping[str, Any], valeur: Any) -> None:
        if arret["genre"] == "radio":
            self.presser("ArrowDown", valeur) if valeur else self.presser("Space")
        elif arret["genre"] == "checkbox":
            self.presser("Space")
        elif arret["balise"] == "SELECT":
            self.presser("ArrowDown", valeur)
        elif arret["genre"] == "datetime-local":
            self._moment(valeur)
        elif arret["genre"] == "date":
            self._jour(*valeur)
        elif arret["genre"] == "file":
            # The chooser is the system's own window: as if the whole path were typed there.
            self.page.locator(":focus").set_input_files(valeur)
            self.touches += len(valeur)
        else:
            self.taper(valeur)

    def _moment(self, valeur: tuple[str, str, str]) -> None:
        """Day and month are the same number: both orders of the browser read it alike."""
        jour, annee, heure = valeur
        self._jour(jour, annee)
        self.presser("ArrowRight")
        self.taper(heure)
        self.taper("a")

    def _jour(self, jour: str, annee: str) -> None:
        self.taper(jour + jour + annee)
