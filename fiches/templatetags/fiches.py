"""`{% load fiches %}`: the prose of a fiche in a page."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString

from fiches.arbre.secret import PERMIS
from fiches.prose import rendre

register = template.Library()


@register.filter
def prose(texte: str) -> SafeString:
    return rendre(texte)


@register.filter
def ligne(texte: str) -> SafeString:
    return rendre(texte, en_ligne=True)


@register.filter
def prose_papier(texte: str) -> SafeString:
    return rendre(texte, renvois=False)


@register.filter
def ligne_papier(texte: str) -> SafeString:
    return rendre(texte, en_ligne=True, renvois=False)


@register.filter
def du_passage(valeurs: Mapping[str, Any], passage: str) -> Any:
    """What a mapping by passage says of this one; empty when nothing."""
    return valeurs.get(passage, "")


@register.filter
def permis_fr(code: str) -> str:
    """What a line of the table of derogations answers, in words."""
    return PERMIS[code]


@register.filter
def valeur(table: dict[str, str], cle: str) -> str:
    """The word of a key, empty when it has none."""
    return table.get(cle, "")
