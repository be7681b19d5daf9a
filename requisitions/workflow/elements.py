"""The answer item by item: what is supplied, partly, refused on a coded ground, or not held."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from dossiers.models import Dossier
from requisitions.elements import MAXIMUM, PARTIEL, REFUSE, Reponse
from requisitions.models import Element, Requisition
from requisitions.reponses import elements_de, proposees
from requisitions.workflow.echanges import exiger_neutres
from requisitions.workflow.table import appliquer, exiger, ouverte
from transitions.workflow import TransitionRefusee


@transaction.atomic
def repondre_elements(*, dossier: Dossier, acteur: Acteur, reponses: Mapping[int, Reponse], ajout: str = "") -> Dossier:
    """Keep the answers given by rank; an empty one waits. `ajout` is an item that the text held in another."""
    dossier = exiger("repondre_elements", dossier, acteur)
    if dossier.variante == "PRESENCE":
        raise TransitionRefusee("La présence reçoit une seule réponse, celle des registres.")
    lettre = ouverte(dossier)
    elements = elements_de(dossier, lettre)
    exiger_neutres(dossier, lettre, {f"precision_{rang}": lue.precision for rang, lue in reponses.items()})
    if ajout:
        if len(elements) >= MAXIMUM:
            raise TransitionRefusee(f"Une demande compte {MAXIMUM} éléments au plus.")
        elements.append(Element(dossier=dossier, rang=len(elements) + 1, objet=ajout))
    for element in elements:
        _repondre(element, reponses.get(element.rang, _deja(element)), acteur)
    return appliquer("repondre_elements", dossier, acteur)


def _deja(element: Element) -> Reponse:
    return Reponse(element.decision, element.motif, element.precision)


def _repondre(element: Element, reponse: Reponse, acteur: Acteur) -> None:
    if reponse.decision == REFUSE and not reponse.motif:
        raise TransitionRefusee(f"Élément {element.rang} : indiquez le motif du refus.")
    if reponse.decision == PARTIEL and not reponse.precision:
        raise TransitionRefusee(f"Élément {element.rang} : dites ce qui manque.")
    change = element.pk is None or reponse != _deja(element)
    if not change:
        return
    element.decision, element.precision = reponse.decision, reponse.precision
    element.motif = reponse.motif if reponse.decision == REFUSE else ""
    element.decide_le = timezone.now() if reponse.decision else None
    element.decide_par_id = acteur.utilisateur_id if reponse.decision else None
    element.save()


def conclure(dossier: Dossier, lettre: Requisition, acteur: Acteur) -> list[Element]:
    """Write, as the answer leaves, what follows from the acts already recorded; the controls saw the same answers."""
    elements = elements_de(dossier, lettre)
    for element, decision in zip(elements, proposees(dossier, lettre, elements), strict=True):
        _repondre(element, Reponse(decision, element.motif, element.precision), acteur)
    return elements
