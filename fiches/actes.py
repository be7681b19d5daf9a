"""What a fiche's button opens. Case apps register their target here; fiches knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass

from convention.acteur import Acteur


@dataclass(frozen=True, slots=True)
class Ouverture:
    """Where an act of this kind begins, and for whom: a button that would answer « refused » is not shown."""

    adresse: Callable[[str], str]
    permise: Callable[[Acteur], object]


_ouvertures: dict[str, Ouverture] = {}


def enregistrer(
    genre: str, adresse: Callable[[str], str], *, permise: Callable[[Acteur], object] = lambda acteur: True
) -> None:
    """Register the address of `genre:code` targets (`signalement:VC_SANS_ACCORD`); called in AppConfig.ready()."""
    _ouvertures[genre] = Ouverture(adresse, permise)


def adresse_de(cible: str | None, acteur: Acteur | None = None) -> str | None:
    """The page that starts the act of a fiche; None when it starts none, or not for this person."""
    genre, _, code = (cible or "").partition(":")
    ouverture = _ouvertures.get(genre)
    if ouverture is None or (acteur is not None and not ouverture.permise(acteur)):
        return None
    return ouverture.adresse(code)


def est_connu(cible: str) -> bool:
    """Whether some app opens this kind of act."""
    return cible.partition(":")[0] in _ouvertures
