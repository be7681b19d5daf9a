"""What a voie is made of: everything that differs from one kind of signalement to another, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from signalements.champs import Propre
from signalements.controles import SOIGNANTS, Faits
from signalements.voies.blocs import BLOC_DU_CHAMP

Adresse = tuple[str, str]
PARQUET: frozenset[Adresse] = frozenset({("PARQUET", "permanence"), ("PARQUET", "violences-intrafamiliales")})
PARQUET_MINEURS: frozenset[Adresse] = PARQUET | {("PARQUET", "mineurs")}
FORCES: frozenset[Adresse] = frozenset({("POLICE", "voie-publique"), ("POLICE", "nuit"), ("GENDARMERIE", "brigade")})
ADULTE, MINEUR = range(18, 121), range(18)
DE_COUPLE = frozenset({"danger", "accord", "certificat", "plainte", "enfants"})
CARACTERES = {
    "PERMISSION": "C’est une permission, pas une obligation. Vous décidez en conscience.",
    "DEVOIR_DEONTOLOGIQUE": "C’est un devoir déontologique pour le soignant. Vous décidez en conscience.",
    "OBLIGATION": "C’est une obligation\u00a0: agir, ou faire agir les secours.",
    "SANS_BASE": "C’est la démarche de la personne\u00a0: elle décide seule.",
}
# What is printed under the facts, and above the signature.
AVANT_FAITS = "Les constatations sont les miennes. Les paroles sont rapportées entre guillemets."
SANS_AFFIRMER = (
    "Les faits sont décrits sans interprétation. L’auteur désigné l’est par la personne\u00a0; "
    "rien n’est affirmé à son sujet."
)
APRES_ENVOI = (
    "Ne laissez aucune trace visible sur le portail du patient.",
    "Ne confirmez pas sa présence au standard.",
    "Remettez le certificat à elle seule.",
    "Pensez aux enfants\u00a0: fiche «\u00a0Enfant en danger\u00a0».",
)


# The controls that every voie with a patient passes; each adds its own.
SOCLE = ("C01", "C06", "C07", "C38", "C39", "C43", "C48", "C55", "C60", "C61")


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
    avant_faits: str = AVANT_FAITS
    reserve: str = SANS_AFFIRMER


@dataclass(frozen=True, slots=True)
class Mots:
    """What a voie sends is called: a complaint's slip or a report of peril is no « signalement »."""

    nom: str = "Signalement"
    feminin: bool = False

    def _accorde(self, participe: str) -> str:
        return f"{self.nom} {participe}{'e' if self.feminin else ''}"

    @property
    def transmis(self) -> str:
        return self._accorde("transmis")

    @property
    def recu(self) -> str:
        return self._accorde("reçu")

    @property
    def clos(self) -> str:
        return self._accorde("clos")

    @property
    def ce(self) -> str:
        return f"{'cette' if self.feminin else 'ce'} {self.nom.lower()}"

    @property
    def du(self) -> str:
        if self.nom[0].lower() in "aeiou":
            return f"de l’{self.nom.lower()}"
        return f"{'de la' if self.feminin else 'du'} {self.nom.lower()}"


@dataclass(frozen=True, slots=True)
class Feuille:
    """A sheet that is printed for hands and signatures; it is neither registered nor sent.

    `muette`: nothing of the case, of the house or of the facts is on it, its file's name included.
    `adulte`: it leaves the choice to the person; a minor is protected, not oriented. `reponses`: it exists for these
    answers to the voie's own fields only.
    """

    code: str
    libelle: str
    gabarit: str
    muette: bool = False
    adulte: bool = False
    reponses: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CopieSi:
    """A service in copy for some cases only: persons of these ages, or an answer to a field of the voie's own."""

    service: str
    ages: range = range(121)
    reponse: tuple[str, str] | None = None

    def due(self, age: int | None, propres: Mapping[str, Any]) -> bool:
        if self.reponse:
            nom, valeur = self.reponse
            return propres.get(nom) == valeur
        return age is not None and age in self.ages


@dataclass(frozen=True, slots=True)
class Delais:
    """How long the recipient has: an hour then hours for the prosecutor, days for an administrative cell."""

    accuse_jours_ouvres: int = 0
    suite_jours: int = 0
    suite_heures: int = 0


@dataclass(frozen=True, slots=True)
class Voie:
    """A kind of signalement. `blocs` names the optional groups of fields its forms show, `propres` its own fields.

    `destinataires` are (institution, domain) pairs and `copies` the services that receive the same document at once;
    `bases` are keys of ReferenceLegale, the first is the proposed one; `professions` None: whoever is bound by
    secrecy. `pages` gives steps a title and a lead of its own, `sans` the steps it does not have, `retires` the common
    fields it does not ask, `libelles` and `aides` its own words for those it asks, `lignes` other names for the lines
    of the summary. `discret`: the document names neither ward nor care. `suites` are the outcomes its recipient may
    record (none: the prosecutor's), `pieces` the only kinds it carries, `cloture` the controls of its closing,
    `sorties` the acts by which it may also end without being sent.
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
    copies_si: tuple[CopieSi, ...] = ()
    propres: tuple[Propre, ...] = ()
    pages: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    sans: frozenset[str] = frozenset()
    retires: frozenset[str] = frozenset()
    libelles: Mapping[str, str] = field(default_factory=dict)
    aides: Mapping[str, str] = field(default_factory=dict)
    lignes: Mapping[str, str] = field(default_factory=dict)
    discret: bool = False
    suites: tuple[str, ...] = ()
    pieces: frozenset[str] | None = None
    cloture: tuple[str, ...] = ()
    apres: tuple[str, ...] = APRES_ENVOI
    alternatives: tuple[Alternative, ...] = ()
    ages: range = range(121)
    si_mineur: str = ""
    professions: frozenset[str] | None = SOIGNANTS
    titre_enfants: str = "Les enfants"
    delais: Delais = field(default_factory=Delais)
    mots: Mots = field(default_factory=Mots)
    feuilles: tuple[Feuille, ...] = ()
    sorties: frozenset[str] = frozenset()

    def conditions(self, faits: Faits) -> list[Condition]:
        """The conditions of the legal panel, from `voies.conditions`."""
        from signalements.voies.conditions import CONDITIONS

        return [condition(faits) for condition in CONDITIONS[self.code]]

    def propres_de(self, etape: str) -> tuple[Propre, ...]:
        """The fields of its own that a step asks."""
        return tuple(propre for propre in self.propres if propre.etape == etape)

    def demande(self, champ: str) -> bool:
        """Whether this voie asks a common field, and so may show what it holds."""
        bloc = BLOC_DU_CHAMP.get(champ)
        return champ not in self.retires and (bloc is None or bloc in self.blocs)

    def admet_piece(self, intitule: str) -> bool:
        """A piece added under another voie does not leave with a document that may not carry it."""
        return "pieces" not in self.sans and (self.pieces is None or intitule in self.pieces)

    def copies_pour(self, age: int | None, propres: Mapping[str, Any]) -> tuple[str, ...]:
        """The codes of the services in copy for this person and these answers."""
        return (*self.copies, *(copie.service for copie in self.copies_si if copie.due(age, propres)))

    @property
    def attend_accord(self) -> bool:
        """Its agreement step is asked, so its writing can wait for the answer."""
        return "accord" in self.blocs

    @property
    def repose_sur_accord(self) -> bool:
        """Without a written agreement it cannot leave at all."""
        return "accord_ecrit" in self.blocs

    @property
    def phrase_caractere(self) -> str:
        return CARACTERES[self.caractere]

    @property
    def adresse(self) -> str:
        return self.code.lower().replace("_", "-")
