"""The items of a case as they stand, and the answer that each has or is about to have."""

from dossiers.models import Dossier
from requisitions.designation import accord_de
from requisitions.elements import decouper, deduite
from requisitions.models import Element, Requisition


def elements_de(dossier: Dossier, r: Requisition) -> list[Element]:
    """Those already written, else those that the text of the demand holds, unsaved."""
    ecrits = list(dossier.elements.select_related("decide_par"))
    if ecrits:
        return ecrits
    return [Element(dossier=dossier, rang=rang, objet=objet) for rang, objet in enumerate(decouper(r.mission), start=1)]


def proposees(dossier: Dossier, r: Requisition, elements: list[Element]) -> list[str]:
    """The answer of each: what a person decided, else what the acts already recorded say."""
    accord, gel = accord_de(dossier), getattr(dossier, "gel", None)
    sinon = deduite(
        seul=len(elements) == 1,
        type_acte=r.type_acte,
        accord=accord.choix if accord else "",
        perdu=bool(gel and gel.perdu),
    )
    return [element.decision or sinon for element in elements]
