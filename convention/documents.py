"""What the printed convention says by itself: its parties, the texts it rests on, its articles, its signatures.

The sheets are read through the theme: this floor does not know them. `fiches.recueil` puts the book together.
"""

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone

from convention import parties
from convention.models import Convention, VersionConvention
from convention.textes import articles_de, quand, signatures_de
from documents.models import Document
from presentation.temps import date_fr

# The kind of the whole convention on paper, with its sheets.
LIVRE = "convention"
ESPACE = uuid.UUID("5b0f3f0a-6c7e-4d55-9a39-0b8a4f6d2c11")


@dataclass(frozen=True, slots=True)
class Article:
    """A numbered article; its alineas are numbered 3.1, 3.2 when there are several."""

    numero: str
    titre: str
    alineas: list[str]


@dataclass(frozen=True, slots=True)
class Signature:
    """What one party did, in words that the page prints; `faite` is false while it is awaited."""

    institution: str
    ci_apres: str
    qualite: str
    nom: str
    etat: str
    faite: bool


@dataclass(frozen=True, slots=True)
class Seance:
    """One text that was signed, and its signatures. `precision` says how they were given."""

    intitule: str
    precision: str
    signatures: list[Signature]


@dataclass(frozen=True, slots=True)
class TexteConvention:
    """The words of one version, ready to print; `en_json` is what its hash covers."""

    mention: str
    visas: list[str]
    articles: list[Article]
    seances: list[Seance]

    @property
    def signatures(self) -> list[Signature]:
        """Those of the first text: who is a party, and under which name."""
        return self.seances[0].signatures if self.seances else []

    def en_json(self) -> dict[str, Any]:
        return asdict(self)


def themes_de(convention: Convention) -> list[dict[str, Any]]:
    """Each theme with its sheets in force. The sheets are read through the theme: this floor does not know them."""
    return [
        {
            "theme": theme,
            "versions": [
                version
                for fiche in theme.fiches.all()
                for version in fiche.versions.all()
                if version.etat == "EN_VIGUEUR"
            ],
        }
        for theme in convention.thematiques.all()
    ]


def texte_de(convention: Convention, *, visas: Sequence[str] = ()) -> TexteConvention:
    """The text in force, and every text that was signed with its signatures, first one first."""
    texte = articles_de(convention)
    return TexteConvention(
        mention=texte.mention,
        visas=list(visas),
        articles=[
            Article(str(numero), article.titre, _alineas(article.texte))
            for numero, article in enumerate(texte.articles, 1)
        ],
        seances=[
            Seance(version.intitule, _precision(version), [_signature(ligne) for ligne in lignes])
            for version, lignes in signatures_de(convention)
        ],
    )


def _precision(version: VersionConvention) -> str:
    if version.nature == VersionConvention.Nature.INITIALE:
        return "Signatures données sur papier."
    return f"Signatures électroniques après second facteur, toutes sur le texte d’empreinte {version.empreinte}."


def _signature(ligne: parties.Ligne) -> Signature:
    return Signature(
        institution=ligne.institution.nom,
        ci_apres=ligne.institution.nom_court,
        qualite=ligne.titre,
        nom=ligne.nom or "Personne non précisée par le texte",
        etat=f"Signée le {date_fr(ligne.le)}" if ligne.le else "Signature attendue",
        faite=ligne.signee,
    )


def _alineas(texte: str) -> list[str]:
    return [alinea.strip() for alinea in texte.split("\n") if alinea.strip()]


def historique_de(convention: Convention) -> list[dict[str, str]]:
    """How it came, each line with its date in words."""
    return [{**ligne, "quand": quand(ligne["date"])} for ligne in convention.historique]


def cle_de(convention: Convention) -> uuid.UUID:
    """The opaque key of the object behind every document of this convention."""
    return uuid.uuid5(ESPACE, convention.code)


def remplacer_le_livre(convention: Convention) -> None:
    """An article or a sheet changed: whoever scans the printed convention learns it at once."""
    _marquer(Document.Statut.REMPLACE, objet_cle=cle_de(convention), genre=LIVRE)


def abroger_les_papiers(convention: Convention) -> None:
    """The convention has ended for everybody, and so has every paper of it."""
    _marquer(Document.Statut.ABROGE, objet_cle=cle_de(convention))


def _marquer(statut: str, **lesquels: Any) -> None:
    Document.objects.filter(statut=Document.Statut.EN_VIGUEUR, **lesquels).update(
        statut=statut, statut_le=timezone.now()
    )
