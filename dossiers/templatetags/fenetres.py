"""The hidden field by which a page being written says which window it is."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dossiers.fenetres import CHAMP, nommer
from dossiers.models import Brouillon

register = template.Library()


@register.simple_tag
def fenetre(brouillon: Brouillon | None, page: str) -> SafeString:
    return format_html('<input type="hidden" name="{}" value="{}">', CHAMP, nommer(brouillon, page))
