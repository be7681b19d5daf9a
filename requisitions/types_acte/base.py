"""What a kind of act declares."""

from dataclasses import dataclass
from enum import StrEnum

from accounts.roles import Role
from dossiers.classes import Classe


class Famille(StrEnum):
    """The nature of the information asked."""

    ADMINISTRATIVE = "administrative"
    MEDICALE = "medicale"
    EXAMEN = "examen"
    AUDITION = "audition"
    RH = "rh"
    TECHNIQUE = "technique"


class Genre(StrEnum):
    CHOIX = "choix"
    OUI = "oui"
    TEXTE = "texte"
    LONG = "long"
    MOMENT = "moment"
    NOMBRE = "nombre"


@dataclass(frozen=True, slots=True)
class Champ:
    """One field of the block that the executing person fills. `imprime`: the requester reads it in the answer.

    `papier` is what a document calls it, where the question of the form would not do. `dit_non`: « non » is said too.
    `defaut` is chosen beforehand. `requis_si`: due where that other field holds that value.
    """

    nom: str
    libelle: str
    genre: Genre
    classe: Classe = Classe.ADMINISTRATIF
    choix: tuple[tuple[str, str], ...] = ()
    requis: bool = False
    aide: str = ""
    imprime: bool = False
    papier: str = ""
    defaut: str = ""
    dit_non: bool = False
    requis_si: tuple[str, str | bool] = ("", "")


@dataclass(frozen=True, slots=True)
class TypeActe:
    """`choix` is read by the requester, `titre` heads the case, `executant` is the service code that answers.

    `preparent`: the roles that bring the matter of the answer, where they take part; `preparation` tells the others.
    `medecin`: a named doctor agrees and sorts. `requis`: a named doctor does the act and writes.
    `professions`: who may be the one required, besides a doctor responsible; others than doctors change the words.
    `gel`: something disappears, so a preservation order comes first. `manuel`: answered by pieces brought by hand.
    `criteres`: nobody is named, so what tells the person from a crowd is asked instead.
    `volet`: the field block of the executing person; `ecrit`: the paper made of its printed fields;
    `piece`: a piece must be joined to it; `justificatif`: a paper of the requester may be joined too.
    `inventaire`: what is taken is written line by line, and the paper of the answer is made of it.
    `chaine`: objects kept by the house, each hand written down; they leave under seal, never here.
    `copie_prealable`: the archives copy the whole record beforehand, and the doctor responsible is told.
    `rappel`: what is read above the block.
    """

    code: str
    libelle: str
    choix: str
    titre: str
    famille: Famille
    executant: str = "CHV-DAJ"
    preparent: tuple[Role, ...] = (Role.JURISTE,)
    preparation: str = "Cet acte revient aux affaires juridiques."
    medecin: bool = False
    personne: bool = True
    periode: bool = False
    criteres: bool = False
    gel: str = ""
    ligne_executant: str = "Exécution demandée"
    manuel: bool = True
    requis: bool = False
    professions: tuple[str, ...] = ("MEDECIN",)
    volet: tuple[Champ, ...] = ()
    ecrit: str = ""
    piece: str = ""
    justificatif: str = ""
    copie_prealable: bool = False
    inventaire: bool = False
    chaine: bool = False
    rappel: str = ""

    @property
    def saisie(self) -> bool:
        """Taken under constraint: prepared, followed step by step, reported inside, asked back."""
        return self.inventaire and not self.chaine

    @property
    def nomme_un_medecin(self) -> bool:
        return self.medecin or self.requis

    @property
    def pas_que_des_medecins(self) -> bool:
        return self.professions != ("MEDECIN",)

    @property
    def designe(self) -> str:
        """Who is named for this act, as pages say it."""
        return "la personne requise" if self.pas_que_des_medecins else "le médecin désigné"

    @property
    def a_designer(self) -> str:
        qui = "la personne requise" if self.pas_que_des_medecins else "le médecin requis"
        return f"Désignez {qui if self.requis else 'le médecin dont l’accord est demandé'}."

    @property
    def un_autre(self) -> str:
        return "une autre personne" if self.pas_que_des_medecins else "un autre médecin"
