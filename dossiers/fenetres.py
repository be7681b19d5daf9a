"""Two windows on one draft: neither overwrites the other before a person has seen both texts.

Each page that shows a draft names itself and the last window whose text it shows, in one hidden field. A save passes
when the last keeper is one of the two: a late autosave of the same window is no conflict.
"""

import re
import secrets
from collections.abc import Mapping
from typing import Any

from django.forms import BaseForm

from dossiers.models import Brouillon

CHAMP = "fenetre"
_NOMS = re.compile(r"([0-9a-f]{8}|)\.([0-9a-f]{8})")


class AutreFenetre(Exception):
    """Another window kept this page since this one was shown; nothing was overwritten."""


def nommer(brouillon: Brouillon | None, page: str) -> str:
    """The hidden field of a page about to be shown."""
    return f"{brouillon.plumes.get(page, '') if brouillon else ''}.{secrets.token_hex(4)}"


def prendre_la_plume(brouillon: Brouillon, page: str, fenetre: str) -> None:
    """This window becomes the last keeper of the page. Raises AutreFenetre; without a name, nothing is compared."""
    trouve = _NOMS.fullmatch(fenetre)
    if trouve is None:
        return
    derniere = brouillon.plumes.get(page, "")
    if derniere not in trouve.groups():
        raise AutreFenetre
    brouillon.plumes = {**brouillon.plumes, page: trouve[2]}


def ecarts(form: BaseForm, ici: Mapping[str, Any], ailleurs: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The fields that the other window kept otherwise: their label, and its answer in words."""
    trouves = []
    for nom, champ in form.fields.items():
        autre = _mots(champ, ailleurs.get(nom))
        if autre != _mots(champ, ici.get(nom)):
            trouves.append((str(champ.label or nom), autre or "rien"))
    return trouves


def _mots(champ: Any, valeur: Any) -> str:
    affichee = champ.widget.format_value(champ.prepare_value(valeur)) if valeur not in (None, "", []) else None
    valeurs = [str(v) for v in affichee] if isinstance(affichee, list | tuple) else [str(affichee or "")]
    libelles = {str(code): str(libelle) for code, libelle in getattr(champ, "choices", ())}
    return ", ".join(libelles.get(v, v) for v in valeurs if v)
