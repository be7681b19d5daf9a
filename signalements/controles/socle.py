"""The numbered controls, pure functions over frozen facts. They hold an online sending, never care nor a call."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from transitions.verdict import Constat, Niveau

SOIGNANTS = frozenset({"MEDECIN", "SAGE_FEMME", "PHARMACIEN", "INFIRMIER", "AIDE_SOIGNANT", "CADRE_SANTE"})
COUPLE = frozenset({"CONJOINT", "CONCUBIN", "PACS", "EX_CONJOINT", "EX_CONCUBIN", "EX_PACS", "SANS_COHABITATION"})
VC = "VC_SANS_ACCORD"
AVEC_ACCORD = "MAJEUR_AVEC_ACCORD"
PLAINTE = "PLAINTE_SIMPLIFIEE"
CRIP = ("CRIP", "enfance-en-danger")
MAJORITE = 18


@dataclass(frozen=True, slots=True)
class Faits:
    """What the controls may know of a signalement: closed answers, and whether a reason was written."""

    voie: str
    age: int | None = None
    lien_auteur: str = ""
    danger_immediat: str = ""
    danger_motive: bool = False
    emprise: str = ""
    emprise_motivee: bool = False
    accord_recherche: str = ""
    accord: str = ""
    accord_ecrit: bool = False
    information: str = ""
    non_information_motivee: bool = False
    profession: str = ""
    a_examine: bool = False
    attestation_conscience: bool = False
    destinataire: tuple[str, str] = ("", "")
    destinataires_admis: frozenset[tuple[str, str]] = frozenset()
    base_debut: date | None = None
    base_fin: date | None = None
    date_constat: datetime | None = None
    urgence: str = ""
    appel: bool = False
    appel_le: datetime | None = None
    enfants: int = 0
    arme: bool = False
    auteur_present: str = ""
    ages_admis: range = range(121)
    professions_admises: frozenset[str] | None = SOIGNANTS
    copies: frozenset[tuple[str, str]] = frozenset()
    enfants_lies: int = 0
    identite: bool = True
    fin_connue: bool = False
    date_faits: str = ""
    commune: str = ""
    doublon: bool = False
    non_signalement: bool = False
    accord_portee: frozenset[str] = frozenset()
    faits_ecrits: str = ""
    paroles: str = ""
    propres: Mapping[str, Any] = field(default_factory=dict)
    pieces: frozenset[str] = frozenset()
    role: str = ""
    contact_jours: int | None = None
    contact_expire: bool = False
    contact_confirme: bool = False
    attente: timedelta | None = None
    sans_suite_jours: int | None = None
    lecteur_homonyme: bool = False
    de_la_maison: bool = False

    def propre(self, nom: str) -> Any:
        """The answer to a field that the voie asks of its own, None while unanswered."""
        return self.propres.get(nom)

    @property
    def penal(self) -> bool:
        """A child: an offence is suspected, or the danger is grave and immediate."""
        return bool(self.propre("infraction_suspectee") == "OUI" or self.propre("gravite") == "DANGER_GRAVE_IMMEDIAT")


class Derogation(str):
    """A message that lowers a blocking rule to an alert: its traced derogation."""


Controle = Callable[[Faits], Constat | None]
CONTROLES: dict[str, Controle] = {}
NIVEAUX: dict[str, Niveau] = {}


def controle(numero: str, niveau: Niveau, champ: str, reference: str) -> Callable[[Callable[[Faits], str]], Controle]:
    """Register a rule: the function returns the French message of what it found, or an empty string."""

    def enregistrer(fonction: Callable[[Faits], str]) -> Controle:
        def constater(faits: Faits) -> Constat | None:
            message = fonction(faits)
            if not message:
                return None
            effectif = Niveau.ALERTE if isinstance(message, Derogation) else niveau
            return Constat(numero, effectif, str(message), champ, reference)

        constater.__doc__ = fonction.__doc__
        CONTROLES[numero], NIVEAUX[numero] = constater, niveau
        return constater

    return enregistrer


def controler(faits: Faits, numeros: Iterable[str]) -> list[Constat]:
    """Run these controls in order; only what was found is returned."""
    constats = (CONTROLES[numero](faits) for numero in numeros)
    return [constat for constat in constats if constat]
