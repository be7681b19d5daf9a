"""The notebook of a transaction: entries are noted while it runs and appended as its last statement."""

import json
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

from django.db import connection

PLATEFORME = "plateforme"
_ouvert: ContextVar["list[str] | None"] = ContextVar("carnet", default=None)
_chaine: ContextVar[str] = ContextVar("chaine", default=PLATEFORME)


class Auteur(Protocol):
    """What the journal needs of an actor; the Acteur of `convention` has it."""

    @property
    def cle(self) -> uuid.UUID: ...
    @property
    def principale(self) -> Any: ...


def chaine_de(acteur: Auteur | None) -> str:
    """One chain per institution, the actor's; one for the platform."""
    place = acteur.principale if acteur else None
    return place.institution_code if place else PLATEFORME


def contenu_canonique(
    action: str,
    *,
    acteur: Auteur | None,
    objet: str = "",
    cle: uuid.UUID | str | None = None,
    resultat: str = "fait",
    motif: str = "",
    details: Mapping[str, Any] | None = None,
) -> str:
    """The text that is hashed: sorted JSON without spaces. Opaque keys and codes only, never a name."""
    place = acteur.principale if acteur else None
    corps = {
        "action": action,
        "acteur": str(acteur.cle) if acteur else None,
        "role": str(place.role) if place else "",
        "service": place.service_code if place else "",
        "objet": objet,
        "cle": str(cle) if cle else None,
        "resultat": resultat,
        "motif": motif,
        "details": dict(details or {}),
    }
    return json.dumps(corps, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)


@contextmanager
def carnet(acteur: Auteur | None) -> Iterator[list[str]]:
    """Open the notebook of one transaction; on a clean exit its entries are appended to one chain."""
    entrees: list[str] = []
    jetons = (_ouvert.set(entrees), _chaine.set(chaine_de(acteur)))
    try:
        yield entrees
        ajouter(_chaine.get(), entrees)
    finally:
        _ouvert.reset(jetons[0])
        _chaine.reset(jetons[1])


def noter(action: str, *, acteur: Auteur | None, **champs: Any) -> None:
    """Note an act or a reading. Outside a notebook it is appended at once, in the caller's transaction."""
    contenu = contenu_canonique(action, acteur=acteur, **champs)
    entrees = _ouvert.get()
    if entrees is None:
        ajouter(chaine_de(acteur), [contenu])
    else:
        entrees.append(contenu)


def ajouter(chaine: str, contenus: list[str]) -> None:
    if contenus:
        with connection.cursor() as curseur:
            curseur.execute("SELECT journal_ajouter(%s, %s)", [chaine, contenus])
