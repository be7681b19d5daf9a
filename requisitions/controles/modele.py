"""What the numbered controls read and answer. Nothing nominative."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from requisitions.elements import rien_fourni
from transitions.verdict import Constat, Niveau


@dataclass(frozen=True, slots=True)
class Reference:
    """A legal article as of the act: `fin` and `successeur` come from its row."""

    texte: str
    fin: date | None = None
    successeur: str = ""


@dataclass(frozen=True, slots=True)
class Instruction:
    """A general instruction of the prosecutor, as declared: what it covers and until when."""

    reference: str
    debut: date
    fin: date
    types_acte: tuple[str, ...] = ()
    qualites: tuple[str, ...] = ()
    revoquee_le: datetime | None = None
    infractions: str = ""


@dataclass(frozen=True, slots=True)
class Titre:
    """An authorisation or a commission rogatoire declared by its magistrate, seen from one demand."""

    reference: str
    genre: str
    debut: date
    fin: date
    types_acte: tuple[str, ...] = ()
    adresse: bool = True
    procedure_visee: bool = True
    personne_visee: bool = True
    revoque: bool = False


@dataclass(frozen=True, slots=True)
class Inventorie:
    """What is counted of an inventory: pieces by number, seals, and whether somebody signed.

    `dossiers`: what is read, on paper or not, and is no object. `mains`: how many kept the objects; `interruptions`:
    the hands, by their rank, before which nobody did.
    """

    retenues: int = 0
    dossiers: tuple[int, ...] = ()
    originaux: tuple[int, ...] = ()
    sans_scelle: tuple[int, ...] = ()
    ouverts_sans_motif: tuple[str, ...] = ()
    provisoires: int = 0
    copie_conservee: bool = False
    impossible: bool = False
    reserves: bool = False
    signe: bool = False
    mains: int = 0
    interruptions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Faits:
    """All that the rules read. Nothing nominative."""

    cadre: str
    type_acte: str
    qualite: str
    recue_le: datetime
    maintenant: datetime
    prevue: bool = True
    a_confirmer: bool = False
    qualites_admises: tuple[str, ...] | None = None
    autorisation_admise: str = "aucune"
    autorisation_mode: str = ""
    magistrat: str = ""
    autorisation_le: datetime | None = None
    instruction_reference: str = ""
    instruction_du: date | None = None
    instruction_couvre: bool = False
    procureur_informe: bool = False
    instruction: Instruction | None = None
    titre: Titre | None = None
    sous_controle_de: str = ""
    cr_reference: str = ""
    cr_date: date | None = None
    cr_juge: str = ""
    cr_jusqu_au: date | None = None
    ordre_ecrit: bool = False
    grade_controleur: bool = False
    arrete_motif: str = ""
    arrete_jusqu_au: datetime | None = None
    articles_cites: str = ""
    references: tuple[Reference, ...] = ()
    compte_actif: bool = True
    qualite_du_compte: str = ""
    service_correspond: bool = True
    orale: bool = False
    orale_motif: str = ""
    confirmation_le: datetime | None = None
    accord: str = ""
    gel_le: datetime | None = None
    gel_confirme: bool = False
    ecrasement_le: datetime | None = None
    presence_protegee: bool = False
    presence_constatee_le: datetime | None = None
    parquet_appele: bool = False
    reponse_presence: str = ""
    reponse_texte: str = ""
    services: tuple[str, ...] = ()
    authentifiee: bool = False
    tailles: tuple[int, ...] = ()
    support: str = ""
    classes_remises: frozenset[str] = frozenset()
    echeance_le: datetime | None = None
    urgence_vitale: bool = False
    urgente: bool = False
    urgence_confirmee: bool = False
    inopinee: bool = False
    precision: str = ""
    controle_apres_du: bool = False
    hors_portail: bool = False
    doctrine_saisie: bool = False
    statut_personne: str = ""
    age: int | None = None
    debut_mesure: datetime | None = None
    fin_mesure: datetime | None = None
    heure_demande: datetime | None = None
    adulte_injoignable: bool = False
    serment_signe: bool = False
    vise_pubertaire: bool = False
    traces_medicales: bool = False
    identite_verifiee: bool = False
    ins: str = ""
    homonymes: int = 0
    medecin_usmp: bool = False
    ordre_requis: bool = False
    ordre_convoque: bool = False
    contestee: bool = False
    gel_actif: bool = False
    elements: tuple[str, ...] = ()
    volet: Mapping[str, Any] = field(default_factory=dict)
    inventaire: Inventorie = Inventorie()
    texte_inventaire: str = ""
    titre_joint: bool = False
    copie_dementie: bool = False

    @property
    def rien_fourni(self) -> bool:
        """Nothing leaves but the answer itself: every item is refused or not held."""
        return rien_fourni(self.elements)


Regle = Callable[[Faits], Constat | None]


def bloquant(numero: str, message: str, champ: str = "", reference: str = "") -> Constat:
    return Constat(numero, Niveau.BLOQUANT, message, champ, reference)


def alerte(numero: str, message: str, champ: str = "", reference: str = "") -> Constat:
    return Constat(numero, Niveau.ALERTE, message, champ, reference)


def sans_accents(texte: str) -> str:
    decompose = unicodedata.normalize("NFKD", texte.lower())
    return "".join(lettre for lettre in decompose if not unicodedata.combining(lettre))
