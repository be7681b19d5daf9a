"""What the book contains, read once: sheets as every partner may read them, and the annexes drawn from them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from accounts.roles import Role
from convention.acteur import lecteur_de
from convention.annuaire import par_institution
from convention.documents import TexteConvention, historique_de, texte_de, themes_de
from convention.models import Convention
from convention.portee import concernees
from fiches.lecture import Lecture, lire_version
from fiches.models import ReferenceLegale, VersionFiche


@dataclass(frozen=True, slots=True)
class Recueil:
    """The content of the book; `canonique` is what its hash covers, every printed word that may change included."""

    convention: Convention
    texte: TexteConvention
    lectures: list[Lecture]
    themes: list[dict[str, Any]]

    @property
    def annuaire(self) -> list[tuple[str, list[list[str]]]]:
        """Whom to call, partner by partner, under the names that every partner may read."""
        return [
            (
                institution.nom,
                [[ligne.nom, c.libelle, c.telephone, c.horaires] for ligne in lignes for c in ligne.contacts],
            )
            for institution, lignes in par_institution(lecteur_de(None), concernees(self.convention))
        ]

    @property
    def par_metier(self) -> list[tuple[str, list[VersionFiche]]]:
        """The sheets of each profession."""
        return [
            (str(role.label).partition(" : ")[0], concernees)
            for role in Role
            if (concernees := [lecture.version for lecture in self.lectures if role in lecture.contenu.public])
        ]

    @property
    def historique(self) -> list[dict[str, str]]:
        return historique_de(self.convention)

    @property
    def delais(self) -> list[tuple[VersionFiche, list[Any]]]:
        return [(lecture.version, lecture.contenu.delais) for lecture in self.lectures if lecture.contenu.delais]

    @property
    def textes(self) -> list[tuple[ReferenceLegale, list[int]]]:
        """Each text cited, with the sheets that cite it."""
        citations: dict[int, tuple[ReferenceLegale, list[int]]] = {}
        for lecture in self.lectures:
            for article in lecture.articles:
                _, numeros = citations.setdefault(article.reference.pk, (article.reference, []))
                if lecture.version.fiche.numero not in numeros:
                    numeros.append(lecture.version.fiche.numero)
        return sorted(citations.values(), key=lambda ligne: (ligne[0].code, _ordre(ligne[0].article)))

    def canonique(self) -> dict[str, Any]:
        convention = self.convention
        return {
            "convention": [convention.code, convention.version, convention.titre, convention.historique],
            "texte": self.texte.en_json(),
            "fiches": [
                [
                    lecture.version.numero,
                    lecture.version.empreinte,
                    lecture.version.verifie_le,
                    [[str(article.reference), article.expire] for article in lecture.articles],
                    [[ligne.nom, [c.telephone for c in ligne.contacts]] for ligne in lecture.contacts],
                ]
                for lecture in self.lectures
            ],
            "textes": [[str(reference), reference.libelle, numeros] for reference, numeros in self.textes],
            "annuaire": self.annuaire,
        }


def assembler(convention: Convention) -> Recueil:
    """Read everything that is printed, as a reader of no institution."""
    lecteur = lecteur_de(None)
    themes = [ligne for ligne in themes_de(convention) if ligne["versions"]]
    lectures = [lire_version(version, lecteur) for ligne in themes for version in ligne["versions"]]
    visas = _visas(article.reference for lecture in lectures for article in lecture.articles if not article.expire)
    return Recueil(convention, texte_de(convention, visas=visas), lectures, themes)


def _visas(references: Iterable[ReferenceLegale]) -> list[str]:
    """« le code pénal, notamment ses articles 226-13 et 226-14 », one line a code, from the texts that sheets cite."""
    articles: dict[str, set[str]] = defaultdict(set)
    for reference in references:
        articles[reference.code].add(reference.article)
    return [_visa(code, sorted(filter(_numerote, numeros), key=_ordre)) for code, numeros in sorted(articles.items())]


def _numerote(article: str) -> bool:
    """A circular has no article: its row says so with a dash."""
    return any(lettre.isdigit() for lettre in article)


def _visa(code: str, numeros: list[str]) -> str:
    if not numeros:
        return code
    if len(numeros) == 1:
        return f"{code}, notamment {numeros[0]}"
    return f"{code}, notamment {', '.join(numeros[:-1])} et {numeros[-1]}"


def _ordre(numero: str) -> list[tuple[int, str]]:
    """The order of articles as lawyers read it: 60-1 before 706-58."""
    morceaux = numero.replace("-", " ").replace(".", " ").split()
    return [(int(m), "") if m.isdigit() else (0, m) for m in morceaux]
