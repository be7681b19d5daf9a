"""What a voie is made of: everything that differs from one kind of signalement to another, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from signalements.champs import Propre
from signalements.controles import SOIGNANTS, Faits

Adresse = tuple[str, str]
PARQUET: frozenset[Adresse] = frozenset({("PARQUET", "permanence"), ("PARQUET", "violences-intrafamiliales")})
ADULTE, MINEUR = range(18, 121), range(18)
DE_COUPLE = frozenset({"danger", "accord", "certificat", "plainte", "enfants"})


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of the article, ticked from the answers: True, False, or None while unanswered."""

    libelle: str
    remplie: bool | None


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another voie proposed beside the agreement step, and the question that leads to it."""

    code: str
    question: str
    bouton: str


@dataclass(frozen=True, slots=True)
class Ecrit:
    """The words of the document: to whom, about what, on which ground, and what its signatory attests."""

    intitule: str
    objet: str
    attention: str
    declaration: str
    attestation: str


@dataclass(frozen=True, slots=True)
class Delais:
    """How long the recipient has: an hour then hours for the prosecutor, days for an administrative cell."""

    accuse_jours_ouvres: int = 0
    suite_jours: int = 0


@dataclass(frozen=True, slots=True)
class Voie:
    """A kind of signalement. `blocs` names the optional groups of fields its forms show, `propres` its own fields.

    `destinataires` are (institution, domain) pairs and `copies` the services that receive the same document at once;
    `bases` are keys of ReferenceLegale, the first is the proposed one; `professions` None: whoever is bound by
    secrecy. `pages` gives steps a title and a lead of its own, `sans` the steps it does not have.
    """

    code: str
    libelle: str
    icone: str
    resume: str
    fiche_code: str
    bases: tuple[str, ...]
    base_libelle: str
    base_resume: str
    caractere: str
    urgence: str
    destinataires: frozenset[Adresse]
    destinataire_defaut: str
    blocs: frozenset[str]
    controles: tuple[str, ...]
    ecrit: Ecrit
    titre_document: str
    consequences: tuple[str, ...]
    convient: tuple[str, ...]
    au_destinataire: str = "au parquet"
    texte_article: str = ""
    contacts: tuple[str, ...] = ("PARQUET-PERM", "CHV-GARDE")
    copies: tuple[str, ...] = ()
    propres: tuple[Propre, ...] = ()
    pages: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    sans: frozenset[str] = frozenset()
    libelles: Mapping[str, str] = field(default_factory=dict)
    alternatives: tuple[Alternative, ...] = ()
    ages: range = range(121)
    si_mineur: str = ""
    professions: frozenset[str] | None = SOIGNANTS
    titre_enfants: str = "Les enfants"
    delais: Delais = field(default_factory=Delais)

    def conditions(self, faits: Faits) -> list[Condition]:
        """The conditions of the legal panel, from `voies.conditions`."""
        from signalements.voies.conditions import CONDITIONS

        return [condition(faits) for condition in CONDITIONS[self.code]]

    def propres_de(self, etape: str) -> tuple[Propre, ...]:
        """The fields of its own that a step asks."""
        return tuple(propre for propre in self.propres if propre.etape == etape)

    @property
    def adresse(self) -> str:
        return self.code.lower().replace("_", "-")
