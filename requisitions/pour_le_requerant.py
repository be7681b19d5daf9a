"""What the hospital writes down for a requester whose demand it received: who may, and whose word it is."""

from dataclasses import dataclass

from convention.acteur import Acteur
from dossiers.models import Dossier
from presentation.typographie import phrase
from requisitions.models import Requisition
from requisitions.policies import RECEVANTS, agit
from transitions.verdict import OUI, Verdict, non

Canal = Requisition.Canal
MOYENS: dict[str, str] = {
    Canal.MAIN_PROPRE: "au guichet",
    Canal.TELEPHONE: "par téléphone",
    Canal.PAPIER: "par courrier ou télécopie",
    Canal.COURRIEL: "par courriel",
}


@dataclass(frozen=True, slots=True)
class Parole:
    """Who said or brought it, in words since no account proves it, and how."""

    de: str
    moyen: str

    def __str__(self) -> str:
        return phrase(f"{self.de.strip().rstrip('.')}, {MOYENS[self.moyen]}")

    @property
    def dite(self) -> Verdict:
        if self.de.strip() and self.moyen in MOYENS:
            return OUI
        return non("Dites qui l’a dit ou apporté, et comment.")


def peut_noter_pour_le_requerant(dossier: Dossier, acteur: Acteur) -> Verdict:
    """Those who receive at the counter, when they take part; what came by the portal is answered there.

    A search that nobody announced was opened by the hospital: no account of the other side opened it.
    """
    if not agit(dossier, acteur, *RECEVANTS):
        return non("Ce que dit le requérant s’enregistre par les affaires juridiques ou l’administrateur de garde.")
    if dossier.requisition.canal == Canal.PORTAIL and not dossier.requisition.inopinee:
        return non("Déposée dans Trait d’union, cette réquisition se complète et se retire par le service requérant.")
    return OUI
