"""Departures: a person's rights end only when every open case they carry has been handed to a colleague.

The floors that own the cases register how they are listed and handed over; this floor sees references, never content.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from convention import rattachements
from convention.acteur import Acteur, rattachements_valides
from convention.comptes import HabilitationRefusee, fermer, gerer, rattachements_ouverts
from convention.models import Rattachement, SuiviCompte
from journal.carnet import noter


@dataclass(frozen=True, slots=True)
class AConfier:
    """One open case that waits for a successor: nothing nominative."""

    cle: uuid.UUID
    reference: str
    nature: str
    role: str


class Passation(Protocol):
    """How one floor lists and hands over what a person carries."""

    def a_confier(self, partant: User, institution_id: int | None) -> list[AConfier]:
        """The open cases nobody else carries; only those that touch this house, when one is given."""

    def brouillons(self, partant: User) -> int:
        """How many drafts only this person can read."""

    def confier(self, *, partant: User, successeur: User, cle: uuid.UUID, acteur: Acteur) -> None:
        """Give one case; raises DepartRefuse when this colleague may not have it."""

    def services_vides(self, partant: User, institution_id: int | None) -> list[str]:
        """Services with open cases where this person is the last one."""


class DepartRefuse(HabilitationRefusee):
    """The French sentence says what remains to be done."""


_passations: list[Passation] = []


def enregistrer(passation: Passation) -> None:
    """Called in AppConfig.ready() of the floor that owns the cases."""
    _passations.append(passation)


def portee(partant: User, institution_id: int) -> int | None:
    """None when the person leaves everything, else the house they leave while another keeps them."""
    ailleurs = rattachements_ouverts(partant).exclude(service__institution=institution_id).exists()
    return institution_id if ailleurs else None


def a_confier(partant: User, institution_id: int) -> list[AConfier]:
    maison = portee(partant, institution_id)
    return [ligne for passation in _passations for ligne in passation.a_confier(partant, maison)]


def brouillons(partant: User) -> int:
    return sum(passation.brouillons(partant) for passation in _passations)


def candidats(partant: User, institution_id: int) -> QuerySet[User]:
    """Colleagues who may take over: active, in the same service with the same role."""
    places = Q(pk__in=[])
    for service, role in droits_de(partant, institution_id).values_list("service", "role"):
        places |= Q(service=service, role=role)
    collegues = rattachements_valides().filter(places).exclude(utilisateur=partant)
    return User.objects.filter(pk__in=collegues.order_by().values("utilisateur")).order_by("nom", "prenom", "pk")


def droits_de(partant: User, institution_id: int) -> QuerySet[Rattachement]:
    """What ends with the departure."""
    return rattachements_ouverts(partant).filter(service__institution=institution_id)


@transaction.atomic
def partir(*, partant: User, successeurs: Mapping[uuid.UUID, User], acteur: Acteur) -> int:
    """Hand over, end every right in the house, close the account; all or nothing. Returns how many were handed over."""
    partant = User.objects.select_for_update().get(pk=partant.pk)
    institution_id = gerer(partant, acteur)
    if partant.pk == acteur.utilisateur_id:
        raise DepartRefuse("Votre départ s’enregistre par un autre administrateur.")
    maison = portee(partant, institution_id)
    confies = _confier(partant, institution_id, successeurs, acteur)
    if reste := a_confier(partant, institution_id):
        raise DepartRefuse(phrase(len(reste)))
    vides = [nom for passation in _passations for nom in passation.services_vides(partant, maison)]
    if vides:
        raise DepartRefuse(
            f"Plus personne ne lirait les dossiers de\u00a0: {', '.join(vides)}. Invitez d’abord un collègue."
        )
    for droit in droits_de(partant, institution_id).select_related("service", "utilisateur"):
        rattachements.terminer(rattachement=droit, acteur=acteur)
    noter("enregistrer_depart", objet="compte", cle=partant.cle, acteur=acteur, details={"confies": confies})
    if maison is None:
        fermer(utilisateur=partant, motif=SuiviCompte.Motif.DEPART, acteur=acteur)
    return confies


def _confier(partant: User, institution_id: int, successeurs: Mapping[uuid.UUID, User], acteur: Acteur) -> int:
    permis = set(candidats(partant, institution_id).values_list("pk", flat=True))
    maison, confies = portee(partant, institution_id), 0
    for passation in _passations:
        for ligne in passation.a_confier(partant, maison):
            successeur = successeurs.get(ligne.cle)
            if successeur is None:
                continue
            if successeur.pk not in permis:
                raise DepartRefuse("Choisissez un collègue actif du même service et du même rôle.")
            passation.confier(partant=partant, successeur=successeur, cle=ligne.cle, acteur=acteur)
            confies += 1
    return confies


def phrase(nombre: int) -> str:
    """What the page says of the cases that remain."""
    mots = "1 dossier. À qui le confier" if nombre == 1 else f"{nombre} dossiers. À qui les confier"
    return f"Ce compte suit {mots}\u00a0?"
