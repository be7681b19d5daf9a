"""The notebook of a transaction: entries are noted while it runs and appended as its last statement."""

import json
import re
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import DatabaseError, connection

PLATEFORME = "plateforme"
_CODE = re.compile(r"[\w:.-]{0,80}")
_TEXTE_COURT = re.compile(r"[^\n\r]{0,80}")


class JournalIndisponible(Exception):
    """An entry could not be appended: the act or the page it proves must not happen either."""


class TexteLibre(ValueError):
    """Something else than a code or a key was about to enter the journal, which nobody could take out again."""


@dataclass(frozen=True, slots=True)
class Contexte:
    """What every entry of a transaction says of its way in: the channel, the address, the class of motive."""

    canal: str = "tache"
    origine: str = ""
    motif: str = ""


_ouvert: ContextVar["list[str] | None"] = ContextVar("carnet", default=None)
_chaine: ContextVar[str] = ContextVar("chaine", default=PLATEFORME)
_contexte: ContextVar[Contexte] = ContextVar("contexte", default=Contexte())  # noqa: B039  # frozen


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
    canal: str = "",
    details: Mapping[str, Any] | None = None,
) -> str:
    """The text that is hashed: sorted JSON without spaces. Opaque keys and codes only, never a name."""
    place, contexte = acteur.principale if acteur else None, _contexte.get()
    _refuser_le_texte_libre(motif, details or {})
    corps = {
        "action": action,
        "acteur": str(acteur.cle) if acteur else None,
        "role": str(place.role) if place else "",
        "service": place.service_code if place else "",
        "objet": objet,
        "cle": str(cle) if cle else None,
        "resultat": resultat,
        "motif": motif or contexte.motif,
        "canal": canal or contexte.canal,
        "origine": contexte.origine,
        "details": dict(details or {}),
    }
    return json.dumps(corps, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)


def _refuser_le_texte_libre(motif: str, details: Mapping[str, Any]) -> None:
    """A motive is a code; a detail is a key, a number or a short code: a sentence has its place in the case."""
    textes = [valeur for valeur in details.values() if isinstance(valeur, str)]
    if not _CODE.fullmatch(motif) or not all(_TEXTE_COURT.fullmatch(texte) for texte in textes):
        raise TexteLibre("Le journal ne reçoit que des codes et des clés.")


@contextmanager
def carnet(acteur: Auteur | None, contexte: Contexte | None = None) -> Iterator[list[str]]:
    """Open the notebook of one transaction; on a clean exit its entries are appended to one chain."""
    entrees: list[str] = []
    jetons = (_ouvert.set(entrees), _chaine.set(chaine_de(acteur)))
    jeton = _contexte.set(contexte or Contexte())
    try:
        yield entrees
        ajouter(_chaine.get(), entrees)
    finally:
        _ouvert.reset(jetons[0])
        _chaine.reset(jetons[1])
        _contexte.reset(jeton)


def noter(action: str, *, acteur: Auteur | None, **champs: Any) -> None:
    """Note an act or a reading. Outside a notebook it is appended at once, in the caller's transaction."""
    contenu = contenu_canonique(action, acteur=acteur, **champs)
    entrees = _ouvert.get()
    if entrees is None:
        ajouter(chaine_de(acteur), [contenu])
    else:
        entrees.append(contenu)


def ajouter(chaine: str, contenus: list[str]) -> None:
    if not contenus:
        return
    try:
        with connection.cursor() as curseur:
            curseur.execute("SELECT journal_ajouter(%s, %s)", [chaine, contenus])
    except DatabaseError as erreur:
        raise JournalIndisponible from erreur
