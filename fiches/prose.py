"""The prose of a fiche: Markdown in, safe HTML out, and « fiche 2 » becomes a link."""

import re

import nh3
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_moteur = MarkdownIt("commonmark", {"html": False})
BALISES = {"p", "ul", "ol", "li", "strong", "em", "br", "a"}
RENVOI = re.compile(r"(?i)\b(fiche)([ \u00a0])(\d{1,2})\b")


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
