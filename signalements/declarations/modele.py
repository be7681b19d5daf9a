"""What a route without a named patient is made of: a voie, its own pages, who may write it, what is answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from accounts.roles import Role
from dossiers.classes import Classe
from signalements.champs import Propre
from signalements.parcours import Page
from signalements.voies.modele import Adresse, Ecrit, Feuille, Voie

__all__ = ["Feuille", "Route", "demander"]

FORCES: frozenset[Adresse] = frozenset({("POLICE", "voie-publique"), ("POLICE", "nuit"), ("GENDARMERIE", "brigade")})
SANS_BLOC: frozenset[str] = frozenset()
VICTIMES = Page("victimes", "Autres victimes", "Facultatif. Chaque professionnel touché, une ligne.", facultative=True)
PIECES = Page("pieces", "Pièces jointes", "Facultatif. Aucune pièce ne nomme un patient.", facultative=True)
VERIFIER = Page("verifier", "Vérifier et transmettre")

# A field of a declaration speaks of the house, an object, an agent or a scene: never of a patient's health.
demander = partial(Propre, classe=Classe.ADMINISTRATIF)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route(Voie):
    """A voie whose letter is a `Declaration`.

    `parcours` are its pages, `auteurs` the roles that may write it; `internes` names the fields that stay in the
    hospital, `precision` the choice that completes the neutral line of the lists. `suites` are the answers its
    recipient may give, `suite` what is asked with them. `taire` is said on the first page, `regle` keeps it,
    `urgentes` are the answers to `precision` that make it a matter of life; `ecrits` and `bases_par`
    are other words and grounds, by the answer to `choix_ecrit`; `pieces_admises` are the files that may go with it.
    `plusieurs_victimes` lets more than one professional be described; `suivis` are the kinds of `Mesure` that follow.
    `nouvelles`: how many days after the sending its author asks how the professional is.
    `recherche`: somebody is sought, whose identity its author may say established.
    `reprise` is the button by which its recipient, inside the hospital, writes the next one from it.
    """

    parcours: tuple[Page, ...]
    auteurs: tuple[Role, ...]
    taire: tuple[str, ...]
    suites: tuple[str, ...]
    regle: str
    bouton: str
    nom_fichier: str
    suite: tuple[Propre, ...] = ()
    internes: frozenset[str] = frozenset()
    precision: str = ""
    urgentes: frozenset[str] = frozenset()
    ecrits: Mapping[str, Ecrit] = field(default_factory=dict)
    bases_par: Mapping[str, str] = field(default_factory=dict)
    choix_ecrit: str = ""
    pieces_admises: tuple[str, ...] = ()
    plusieurs_victimes: bool = False
    suivis: tuple[str, ...] = ()
    recherche: bool = False
    nouvelles: tuple[int, ...] = ()
    export_onvs: bool = False
    reprise: str = ""
    rappel_auteur: str = ""
    role_signataire: str = "L’établissement"
    role_receveur: str = ""

    @property
    def pages_toutes(self) -> tuple[Page, ...]:
        autres = (VICTIMES,) if self.plusieurs_victimes else ()
        return (*self.parcours, *autres, *((PIECES,) if self.pieces_admises else ()), VERIFIER)

    def ecrit_pour(self, reponses: Mapping[str, Any]) -> Ecrit:
        """The words of the document: one answer may change what it is."""
        return self.ecrits.get(reponses.get(self.choix_ecrit) or "", self.ecrit)

    def base_pour(self, reponses: Mapping[str, Any]) -> str:
        """The key of the legal reference: the same answer may change the ground."""
        return self.bases_par.get(reponses.get(self.choix_ecrit) or "", self.bases[0])

    def titre_pour(self, reponses: Mapping[str, Any]) -> str:
        return self.ecrit_pour(reponses).intitule if self.ecrits else self.titre_document

    def page(self, code: str) -> Page | None:
        return next((page for page in self.parcours if page.code == code), None)

    def propre(self, nom: str) -> Propre:
        return next(propre for propre in self.propres if propre.nom == nom)
