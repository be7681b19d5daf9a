"""The Acteur: a person and the rattachements valid now, built once per request and passed explicitly."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from convention.models import Institution, Permanence, Rattachement


@dataclass(frozen=True, slots=True)
class Place:
    """One valid rattachement: role, service and what it allows to issue."""

    rattachement_id: int
    role: Role
    service_id: int
    service_code: str
    service_nom: str
    service_domaine: str
    groupe_id: int
    institution_id: int
    institution_code: str
    institution_nom: str
    profession: str = ""
    qualite: str = ""
    matricule: str = ""


@dataclass(frozen=True, slots=True)
class Acteur:
    """Who acts. Policies read this and never a request."""

    utilisateur_id: int
    cle: uuid.UUID
    nom: str
    places: tuple[Place, ...]

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(place.role for place in self.places)

    @property
    def groupes(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(place.groupe_id for place in self.places))

    @property
    def services(self) -> frozenset[int]:
        return frozenset(place.service_id for place in self.places)

    @property
    def institutions(self) -> frozenset[int]:
        return frozenset(place.institution_id for place in self.places)

    @property
    def principale(self) -> Place | None:
        """The first valid place: it names the person on screen and chooses the journal's chain."""
        return self.places[0] if self.places else None

    def a(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)

    def place(self, *roles: Role) -> Place | None:
        """The place that grants one of these roles, recorded with the act."""
        return next((place for place in self.places if place.role in roles), None)


def lecteur_de(institution: Institution | None) -> Acteur:
    """Nobody in particular, reading as that institution reads: for what is printed ahead of its readers.

    It acts nowhere, hence the role that opens least; None reads what every partner reads.
    """
    if institution is None:
        return Acteur(0, uuid.UUID(int=0), "", ())
    place = Place(0, Role.CRIP, 0, "", "", "", 0, institution.pk, institution.code, institution.nom_court)
    return Acteur(0, uuid.UUID(int=0), institution.nom, (place,))


def _place(rattachement: Rattachement) -> Place:
    service = rattachement.service
    return Place(
        rattachement_id=rattachement.pk,
        role=Role(rattachement.role),
        service_id=service.pk,
        service_code=service.code,
        service_nom=service.nom,
        service_domaine=service.domaine,
        groupe_id=service.groupe_id,
        institution_id=service.institution_id,
        institution_code=service.institution.code,
        institution_nom=service.institution.nom_court,
        profession=rattachement.profession,
        qualite=rattachement.qualite,
        matricule=rattachement.matricule,
    )


def _de_garde(maintenant: datetime) -> Q:
    """GARDE lives only in its Permanence."""
    permanence = Permanence.objects.filter(
        service=OuterRef("service"), titulaire=OuterRef("utilisateur"), debut__lte=maintenant, fin__gt=maintenant
    )
    return ~Q(role=Role.GARDE) | Q(Exists(permanence))


def _a_leurs_dates(maintenant: datetime) -> QuerySet[Rattachement]:
    """Rattachements of active accounts, by date alone: `fin_le` is the first day without."""
    jour = timezone.localdate(maintenant)
    return (
        Rattachement.objects.filter(
            Q(fin_le=None) | Q(fin_le__gt=jour), debut_le__lte=jour, utilisateur__is_active=True
        )
        .select_related("service__institution")
        .order_by("pk")
    )


def rattachements_valides(maintenant: datetime | None = None) -> QuerySet[Rattachement]:
    """Rattachements valid at that moment, the duty of GARDE included."""
    maintenant = maintenant or timezone.now()
    return _a_leurs_dates(maintenant).filter(_de_garde(maintenant))


def acteur_de(utilisateur: User, maintenant: datetime | None = None) -> Acteur:
    """Build the Acteur of a user; two identical calls a minute apart may differ (dates, duty)."""
    maintenant = maintenant or timezone.now()
    siens = _a_leurs_dates(maintenant).filter(utilisateur=utilisateur)
    lignes = list(siens)
    # Every request builds its actor: the duty roster is asked only for those who live by it.
    if any(ligne.role == Role.GARDE for ligne in lignes):
        lignes = list(siens.filter(_de_garde(maintenant)))
    places = tuple(map(_place, lignes))
    return Acteur(utilisateur_id=utilisateur.pk, cle=utilisateur.cle, nom=utilisateur.nom_complet, places=places)
