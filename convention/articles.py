"""What a version of a convention says: the structure of `VersionConvention.contenu`, its passages and its hash."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from convention.models import VersionConvention
from documents.empreinte import empreinte as empreinte_canonique
from presentation.comparaison import Bloc
from presentation.typographie import typographier


@dataclass(frozen=True, slots=True)
class Article:
    """`id` never changes from one version to the next; the number printed is the place in the list."""

    id: str
    titre: str
    texte: str


@dataclass(frozen=True, slots=True)
class Texte:
    """`mention` warns the reader of the whole text. `effet_le`, ISO: the planned day, part of what is signed."""

    mention: str
    effet_le: str
    articles: list[Article]

    def en_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def effet_prevu(self) -> date | None:
        return date.fromisoformat(self.effet_le) if self.effet_le else None


def lire(contenu: Mapping[str, Any]) -> Texte:
    """A stored content."""
    return Texte(contenu["mention"], contenu["effet_le"], [Article(**ligne) for ligne in contenu["articles"]])


def composer(articles: Iterable[Mapping[str, str]], *, effet_le: date | None, mention: str = "") -> Texte:
    """A content from what was typed or loaded: French typography, and an identifier for each new article."""
    pris: set[str] = set()
    lignes = list(articles)
    connus = {ligne["id"] for ligne in lignes if ligne.get("id")}
    composes = []
    for ligne in lignes:
        titre = typographier(ligne["titre"])
        cle = ligne.get("id") or _cle(titre, connus | pris)
        pris.add(cle)
        composes.append(Article(cle, titre, typographier(ligne["texte"])))
    return Texte(typographier(mention), effet_le.isoformat() if effet_le else "", composes)


def _cle(titre: str, pris: set[str]) -> str:
    nu = unicodedata.normalize("NFKD", titre).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", nu).strip("-")[:40] or "article"
    return next(cle for cle in (base, *(f"{base}-{rang}" for rang in range(2, 1000))) if cle not in pris)


def empreinte(version: VersionConvention) -> str:
    """What each signatory signs: which convention, which version, whom it admits, when, and every word."""
    admise = version.institution_admise
    return empreinte_canonique(
        {
            "convention": version.convention.code,
            "version": version.numero,
            "nature": version.nature,
            "admise": admise.code if admise else "",
            "texte": version.contenu,
        }
    )


def blocs(texte: Texte) -> list[Bloc]:
    """The passages of a text, for the comparison. A change of number alone is no change."""
    return [Bloc(a.id, a.titre, [a.titre, *a.texte.split("\n")]) for a in texte.articles]
