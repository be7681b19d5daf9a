"""What a voie is made of: everything that differs from one kind of signalement to another, as data."""

from dataclasses import dataclass, field

from signalements.controles import Faits

PARQUET = frozenset({("PARQUET", "permanence"), ("PARQUET", "violences-intrafamiliales")})


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of the article, ticked from the answers: True, False, or None while unanswered."""

    libelle: str
    remplie: bool | None


@dataclass(frozen=True, slots=True)
class Voie:
    """A kind of signalement. `blocs` names the optional groups of fields its forms show.

    `destinataires` are (institution, domain) pairs; `bases` are keys of ReferenceLegale, the first is the proposed one.
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
    destinataires: frozenset[tuple[str, str]]
    destinataire_defaut: str
    blocs: frozenset[str]
    controles: tuple[str, ...]
    gabarit: str
    titre_document: str
    consequences: tuple[str, ...]
    convient: tuple[str, ...]
    texte_article: str = ""
    contacts: tuple[str, ...] = ("PARQUET-PERM", "CHV-GARDE")
    obligatoires: frozenset[str] = field(default_factory=frozenset)

    def conditions(self, faits: Faits) -> list[Condition]:
        """The conditions of the legal panel, from `voies.conditions`."""
        from signalements.voies.conditions import CONDITIONS

        return [condition(faits) for condition in CONDITIONS[self.code]]

    @property
    def adresse(self) -> str:
        return self.code.lower().replace("_", "-")
