"""The only writer of rattachements and of `user.groups`."""

from datetime import date

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from convention.acteur import Acteur
from convention.models import Rattachement, Service
from journal.carnet import noter


@transaction.atomic
def rattacher(
    *,
    utilisateur: User,
    service: Service,
    role: Role,
    acteur: Acteur | None,
    profession: str = "",
    qualite: str = "",
    matricule: str = "",
    debut_le: date | None = None,
    fin_le: date | None = None,
) -> Rattachement:
    """Give a person a role in a service; `acteur` is None only for the demonstration seed."""
    rattachement = Rattachement.objects.create(
        utilisateur=utilisateur,
        service=service,
        role=role,
        profession=profession,
        qualite=qualite,
        matricule=matricule,
        debut_le=debut_le or timezone.localdate(),
        fin_le=fin_le,
    )
    utilisateur.groups.add(service.groupe_id)
    noter("rattacher", cle=utilisateur.cle, acteur=acteur, details={"service": service.code, "role": role})
    return rattachement


@transaction.atomic
def terminer(*, rattachement: Rattachement, acteur: Acteur) -> None:
    """End a rattachement today; the group goes when no other rattachement holds it."""
    rattachement.fin_le = max(timezone.localdate(), rattachement.debut_le)
    rattachement.save()
    _retirer_groupe(rattachement)
    noter("terminer_rattachement", cle=rattachement.utilisateur.cle, acteur=acteur, details={"role": rattachement.role})


def retirer_groupes_echus() -> None:
    """A rattachement that ended by its own date takes its group away: nobody had to come and say so."""
    jour = timezone.localdate()
    for echu in Rattachement.objects.filter(fin_le__lte=jour, utilisateur__groups=F("service__groupe")).select_related(
        "utilisateur", "service"
    ):
        _retirer_groupe(echu)


def _retirer_groupe(rattachement: Rattachement) -> None:
    encore = Rattachement.objects.filter(
        Q(fin_le=None) | Q(fin_le__gt=timezone.localdate()),
        utilisateur=rattachement.utilisateur,
        service=rattachement.service,
    )
    if not encore.exists():
        rattachement.utilisateur.groups.remove(rattachement.service.groupe_id)
