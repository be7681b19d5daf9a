"""The prose of a fiche: Markdown in, safe HTML out, and « fiche 2 » becomes a link."""

import re
from functools import lru_cache

import nh3
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

_moteur = MarkdownIt("commonmark", {"html": False})
BALISES = {"p", "ul", "ol", "li", "strong", "em", "br", "a"}
RENVOI = re.compile(r"(?i)\b(fiche)([ \u00a0])(\d{1,2})\b")

# Lists in lists, quotes in quotes, emphasis in emphasis: what a person still reads.
PROFONDEUR = 4
IMBRICATION = f"trop de listes ou de citations les unes dans les autres, {PROFONDEUR} niveaux au plus."


@lru_cache(maxsize=4096)
def trop_imbrique(texte: str, *, en_ligne: bool = False) -> bool:
    """A Markdown bomb: its deepest part would not be shown."""
    jetons = _moteur.parseInline(texte) if en_ligne else _moteur.parse(texte)
    return max(_profondeur(jetons), *(_profondeur(jeton.children or []) for jeton in jetons), 0) > PROFONDEUR


def _profondeur(jetons: list[Token]) -> int:
    """How many containers stand in one another; an item belongs to its list."""
    niveau = plus = 0
    for jeton in jetons:
        if jeton.type not in {"list_item_open", "list_item_close", "paragraph_open", "paragraph_close"}:
            niveau += jeton.nesting
            plus = max(plus, niveau)
    return plus


def refuser_l_imbrication(texte: str) -> None:
    """The same beside a field."""
    if trop_imbrique(texte):
        raise ValidationError(f"Ce texte a {IMBRICATION} Simplifiez-le : une liste suffit souvent.")


def rendre(texte: str, *, en_ligne: bool = False, renvois: bool = True) -> SafeString:
    """`en_ligne`: no paragraph around, for a line of a list. Without `renvois`, for paper: no link."""
    html = _moteur.renderInline(texte) if en_ligne else _moteur.render(texte)
    if renvois:
        html = RENVOI.sub(_lien, html)
    propre = nh3.clean(html, tags=BALISES, attributes={"a": {"href"}}, url_schemes=set(), link_rel=None)
    if not renvois:
        propre = propre.replace("<ul>", '<ul class="doc-list">').replace("<ol>", '<ol class="doc-list">')
    return mark_safe(propre)  # noqa: S308  cleaned just above


def _lien(trouve: re.Match[str]) -> str:
    return f'<a href="{reverse("fiches:fiche", args=[int(trouve[3])])}">{trouve[0]}</a>'
