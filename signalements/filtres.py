"""What a recipient's list shows: a view, then filters. Pure: from an address, and back to it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode

from dossiers.boite import Suivi
from dossiers.models.dossier import Nature, Urgence


@dataclass(frozen=True, slots=True)
class Vue:
    """A tab: the phases it lists and what it imposes."""

    libelle: str
    phases: tuple[str, ...]
    urgence: str = ""
    suivi: str = ""
    recents: bool = False
    comptee: bool = True


EN_COURS = ("en_cours", "en_attente")
VUES = {
    "a_traiter": Vue("À traiter", ("en_cours",)),
    "danger": Vue("Vie en danger", ("en_cours",), urgence=Urgence.IMMEDIATE),
    "complement": Vue("Complément attendu", ("en_attente",)),
    "miens": Vue("Suivis par moi", EN_COURS, suivi=Suivi.MOI),
    "tous": Vue("Tous en cours", EN_COURS, comptee=False),
    "suites": Vue("Suites données et classés", ("clos",), recents=True, comptee=False),
}
CHOIX = {
    "nature": [("", "Toutes"), *Nature.choices],
    "urgence": [
        ("", "Toutes"),
        (Urgence.IMMEDIATE, "Vie en danger"),
        (Urgence.JOUR, "Dans la journée"),
        (Urgence.ORDINAIRE, "Sans urgence vitale"),
    ],
    "suivi": [("", "Tout le service"), (Suivi.MOI, "Moi"), (Suivi.PERSONNE, "Personne encore")],
}


@dataclass(frozen=True, slots=True)
class Filtres:
    """What the person chose; an unknown value counts as no choice."""

    vue: str = "a_traiter"
    nature: str = ""
    urgence: str = ""
    suivi: str = ""

    @classmethod
    def lire(cls, parametres: Mapping[str, Any]) -> "Filtres":
        vue = str(parametres.get("vue", ""))
        choisis = {nom: str(parametres.get(nom, "")) for nom in CHOIX}
        admis = {nom: valeur for nom, valeur in choisis.items() if valeur in dict(CHOIX[nom])}
        return cls(vue=vue if vue in VUES else "a_traiter", **admis)

    @property
    def page(self) -> Vue:
        return VUES[self.vue]

    @property
    def choisis(self) -> dict[str, str]:
        """Without the empty ones: what an address, or a kept view, holds."""
        return {nom: valeur for nom, valeur in asdict(self).items() if valeur}

    def sur(self, vue: str) -> "Filtres":
        """The same filters under another tab."""
        return replace(self, vue=vue)

    def adresse(self, **autres: str) -> str:
        return "?" + urlencode(self.choisis | autres)

    def criteres(self, natures: tuple[str, ...] = ()) -> dict[str, Any]:
        """As `dossiers.boite` reads them: what the tab imposes holds over what was chosen.

        `natures` are all that the list may show, when it is not everything.
        """
        choisie = self.nature if not natures or self.nature in natures else ""
        return {
            "phases": self.page.phases,
            "natures": (choisie,) if choisie else natures,
            "urgence": self.page.urgence or self.urgence,
            "suivi": self.page.suivi or self.suivi,
        }
