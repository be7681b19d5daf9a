"""What every page of a case says of access: the two questions, and the limits of an exceptional opening."""

from typing import Any

from django import template

from dossiers.bris_de_glace import en_lecture_seule
from dossiers.models import Dossier

register = template.Library()


@register.inclusion_tag("composants/acces.html", takes_context=True)
def acces_au_dossier(context: Any, dossier: Dossier) -> dict[str, Any]:
    """The links to « Qui peut voir ce dossier ? » and « Pourquoi ne puis-je pas ? »."""
    return {"dossier": dossier, "exceptionnel": en_lecture_seule(dossier.cle, context["acteur"])}
