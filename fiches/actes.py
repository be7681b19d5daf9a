"""What a fiche's button opens. Case apps register their target here; fiches knows none of them."""

from collections.abc import Callable

_ouvertures: dict[str, Callable[[str], str]] = {}


def enregistrer(genre: str, adresse: Callable[[str], str]) -> None:
    """Register the address of `genre:code` targets (`signalement:VC_SANS_ACCORD`); called in AppConfig.ready()."""
    _ouvertures[genre] = adresse


def adresse_de(cible: str | None) -> str | None:
    """The page that starts the act of a fiche, or None when it starts none."""
    genre, _, code = (cible or "").partition(":")
    ouvrir = _ouvertures.get(genre)
    return ouvrir(code) if ouvrir else None


def est_connu(cible: str) -> bool:
    """Whether some app opens this kind of act."""
    return cible.partition(":")[0] in _ouvertures
