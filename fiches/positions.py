"""Where each signatory stands on a version, in the order of the signatures."""

from dataclasses import dataclass

from convention.models import Institution
from convention.parties import obligatoires
from fiches.models import VersionFiche, Visa

SIGNES: dict[str, tuple[str, str]] = {
    Visa.Avis.APPROUVE: ("ok", "check"),
    Visa.Avis.RESERVE: ("warn", "chat"),
    Visa.Avis.BLOQUE: ("danger", "hand"),
}


@dataclass(frozen=True, slots=True)
class Position:
    """One partner and its valid opinion, if any; `caduc` is the last one that a change made lapse."""

    institution: Institution
    visa: Visa | None
    caduc: Visa | None

    @property
    def approuve(self) -> bool:
        return self.visa is not None and self.visa.avis == Visa.Avis.APPROUVE

    @property
    def libelle(self) -> str:
        return self.visa.get_avis_display() if self.visa else "Attendu"

    @property
    def ton(self) -> str:
        return SIGNES[self.visa.avis][0] if self.visa else "mute"

    @property
    def icone(self) -> str:
        return SIGNES[self.visa.avis][1] if self.visa else "circle"


def signataires_de(version: VersionFiche) -> list[Institution]:
    """The institutions whose agreement is mandatory today: the parties of the convention."""
    return obligatoires(version.fiche.thematique.convention)


def positions(version: VersionFiche) -> list[Position]:
    """One line a signatory. An opinion counts only for the very text it was given on."""
    valides: dict[int, Visa] = {}
    caducs: dict[int, Visa] = {}
    for visa in version.visas.select_related("rendu_par").order_by("rendu_le", "pk"):
        if visa.tombe_le is None and visa.empreinte == version.empreinte:
            valides[visa.institution_id] = visa
        else:
            caducs[visa.institution_id] = visa
    return [
        Position(institution, valides.get(institution.pk), caducs.get(institution.pk))
        for institution in signataires_de(version)
    ]


def manquants(version: VersionFiche) -> list[Position]:
    """The mandatory partners that have not approved this text."""
    return [position for position in positions(version) if not position.approuve]
