"""What the printed convention says by itself: its parties, the texts it rests on, its articles, its signatures.

The sheets are read through the theme: this floor does not know them. `fiches.recueil` puts the book together.
"""

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from convention.models import Convention
from presentation.temps import MOIS, date_fr

ESPACE = uuid.UUID("5b0f3f0a-6c7e-4d55-9a39-0b8a4f6d2c11")


@dataclass(frozen=True, slots=True)
class Article:
    """A numbered article; its alineas are numbered 3.1, 3.2 when there are several."""

    numero: str
    titre: str
    alineas: list[str]


@dataclass(frozen=True, slots=True)
class Signature:
    """What one signatory did, in words that the page prints; `faite` is false while it is awaited."""

    institution: str
    ci_apres: str
    qualite: str
    nom: str
    etat: str
    faite: bool


@dataclass(frozen=True, slots=True)
class TexteConvention:
    """The words of one version, ready to print; `en_json` is what its hash covers."""

    visas: list[str]
    articles: list[Article]
    signatures: list[Signature]

    def en_json(self) -> dict[str, Any]:
        return asdict(self)


def lire_convention() -> Convention | None:
    """The last signed convention, with all that its page and its PDF show: a constant number of queries."""
    return (
        Convention.objects.select_related("etablissement")
        .prefetch_related("signataires__institution", "thematiques__fiches__versions")
        .order_by("-signee_le")
        .first()
    )


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
    """The words of the convention as it was signed."""
    return TexteConvention(
        visas=list(visas),
        articles=[
            Article("1", "Objet", _alineas(convention.objet)),
            Article("2", "Fiches thématiques", _themes(convention)),
            Article("3", "Suivi et révision", _alineas(convention.suivi)),
        ],
        signatures=[
            Signature(
                institution=ligne.institution.nom,
                ci_apres=ligne.institution.nom_court,
                qualite=ligne.titre,
                nom=f"{ligne.civilite} {ligne.prenom} {ligne.nom}",
                etat=f"Signée le {date_fr(ligne.signe_le)}",
                faite=True,
            )
            for ligne in convention.signataires.all()
        ],
    )


def _alineas(texte: str) -> list[str]:
    return [alinea.strip() for alinea in texte.split("\n") if alinea.strip()]


def _themes(convention: Convention) -> list[str]:
    """One alinea a theme, with its sheets in force."""
    return [
        f"{ligne['theme'].intitule}\u00a0: {_numeros(ligne['versions'])}."
        for ligne in themes_de(convention)
        if ligne["versions"]
    ]


def _numeros(versions: list[Any]) -> str:
    numeros = [str(version.fiche.numero) for version in versions]
    debut = ", ".join(numeros[:-1])
    return f"fiches {debut} et {numeros[-1]}" if debut else f"fiche {numeros[-1]}"


def historique_de(convention: Convention) -> list[dict[str, str]]:
    """How it came, each line with its date in words."""
    return [{**ligne, "quand": _quand(ligne["date"])} for ligne in convention.historique]


def _quand(texte: str) -> str:
    """« 2021 », « septembre 2024 » or « lundi 26 mai 2025 », as precise as the history is."""
    morceaux = [int(morceau) for morceau in texte.split("-")]
    if len(morceaux) == 3:
        return date_fr(date(*morceaux))
    return f"{MOIS[morceaux[1] - 1]} {morceaux[0]}" if len(morceaux) == 2 else texte


def cle_de(convention: Convention) -> uuid.UUID:
    """The opaque key of the object behind every document of this convention."""
    return uuid.uuid5(ESPACE, convention.code)
