"""Granting and ending participations: the only writer of the two participation tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.contrib.auth.models import Permission
from django.db import connection
from django.utils import timezone

from accounts.models import User
from convention.acteur import Acteur
from convention.models import Service
from dossiers.models import Dossier, Participation, ParticipationPersonnelle
from dossiers.models.participation import JAMAIS, Part


@dataclass(frozen=True, slots=True)
class Octroi:
    """A participation to grant, to a service or to a person, and the neutral line it will read in its lists."""

    role: Part.Role
    ligne: str
    motif: str
    apparait_comme: str
    service: Service | None = None
    personne: User | int | None = None
    non_lu: bool = True


@cache
def _permission_id(base: str) -> int:
    return Permission.objects.values_list("pk", flat=True).get(
        codename="voir_dossier", content_type__app_label="dossiers"
    )


def permission_id() -> int:
    """The id of `voir_dossier`, read once per database."""
    return _permission_id(str(connection.settings_dict["NAME"]))


def accorder(*, dossier: Dossier, octrois: Iterable[Octroi], acteur: Acteur | None) -> None:
    """Write participations in at most two inserts; an existing one of the same party is left as it is.

    Without `acteur`, time itself grants: a deadline that is over, for the reason that `motif` gives.
    """
    # Read from the row: the caller's copy may be older than the last transition.
    enveloppe = Dossier.objects.get(pk=dossier.pk)
    commun = {
        "permission_id": permission_id(),
        "content_object": dossier,
        "accorde_par_id": acteur.utilisateur_id if acteur else None,
        "nature": enveloppe.nature,
        "urgence": enveloppe.urgence,
        "phase": enveloppe.phase,
        "derniere_activite": enveloppe.derniere_activite,
        "echeance_tri": echeance_tri(enveloppe),
    }
    groupes: list[Participation] = []
    personnes: list[ParticipationPersonnelle] = []
    for octroi in octrois:
        propre = {
            "role": octroi.role,
            "ligne": octroi.ligne,
            "motif": octroi.motif,
            "apparait_comme": octroi.apparait_comme,
            "non_lu": octroi.non_lu,
        }
        if octroi.service is not None:
            groupes.append(Participation(group_id=octroi.service.groupe_id, **commun, **propre))
        else:
            personne = octroi.personne
            identifiant = personne.pk if isinstance(personne, User) else personne
            if identifiant is None:
                raise ValueError("Un octroi va à un service ou à une personne.")
            personnes.append(ParticipationPersonnelle(user_id=identifiant, **commun, **propre))
    if groupes:
        Participation.objects.bulk_create(groupes, **_renait("group"))
    if personnes:
        ParticipationPersonnelle.objects.bulk_create(personnes, **_renait("user"))


def _renait(partie: str) -> dict[str, Any]:
    """On conflict a participation that had ended lives again, and a living one is left as it is."""
    return {
        "update_conflicts": True,
        "unique_fields": [partie, "permission", "content_object"],
        "update_fields": ["fin_le"],
    }


def confirmer(*, dossier: Dossier, octrois: Iterable[Octroi]) -> None:
    """A service that was only told ahead takes part as these say from now on; every other row is left as it is."""
    for octroi in octrois:
        if octroi.service is not None:
            Participation.objects.vivantes().filter(
                content_object=dossier, group_id=octroi.service.groupe_id, role=Part.Role.AVERTI
            ).update(
                role=octroi.role,
                ligne=octroi.ligne,
                motif=octroi.motif,
                apparait_comme=octroi.apparait_comme,
                non_lu=True,
            )


def terminer(*, dossier: Dossier, service: Service) -> None:
    """End a service's participation; the row stays, as the trace of what was granted."""
    Participation.objects.vivantes().filter(content_object=dossier, group_id=service.groupe_id).update(
        fin_le=timezone.now()
    )


def echeance_tri(dossier: Dossier) -> object:
    """The sort key of worklists; the trigger `dossiers_copier_dates` computes the same in SQL."""
    en_attente = dossier.echeance_le is None or dossier.echeance_suspendue or dossier.phase in {"clos", "archive"}
    return JAMAIS if en_attente else dossier.echeance_le


def parts_de(dossier: Dossier, acteur: Acteur) -> list[Part]:
    """The actor's own living participations in a case, services first."""
    return [
        *Participation.objects.vivantes().filter(content_object=dossier, group_id__in=acteur.groupes).order_by("pk"),
        *ParticipationPersonnelle.objects.vivantes()
        .filter(content_object=dossier, user_id=acteur.utilisateur_id)
        .order_by("pk"),
    ]


def participe(dossier: Dossier, acteur: Acteur, *roles: Part.Role) -> bool:
    return any(not roles or part.role in roles for part in parts_de(dossier, acteur))


def marquer_lu(*, dossier: Dossier, acteur: Acteur) -> None:
    """The reader's own read marker: the one write a GET may do."""
    Participation.objects.filter(content_object=dossier, group_id__in=acteur.groupes, non_lu=True).update(non_lu=False)
    ParticipationPersonnelle.objects.filter(content_object=dossier, user_id=acteur.utilisateur_id, non_lu=True).update(
        non_lu=False
    )


def suivre(*, dossier: Dossier, acteur: Acteur) -> None:
    """« M’attribuer »: the colleagues of the service see who follows the case."""
    Participation.objects.vivantes().filter(content_object=dossier, group_id__in=acteur.groupes).update(
        suivi_par_id=acteur.utilisateur_id, suivi_le=timezone.now()
    )


def restreindre(*, dossier: Dossier, le: datetime) -> None:
    """The restricted archive keeps its author and its recipients; the others end at that very moment."""
    gardes = (Part.Role.AUTEUR, Part.Role.DESTINATAIRE)
    for modele in (Participation, ParticipationPersonnelle):
        modele.objects.vivantes().filter(content_object=dossier).exclude(role__in=gardes).update(fin_le=le)


def reprendre(*, dossier: Dossier, depuis: datetime) -> None:
    """Give back what `restreindre` ended at that moment, and nothing that ended otherwise."""
    for modele in (Participation, ParticipationPersonnelle):
        modele.objects.filter(content_object=dossier, fin_le=depuis).update(fin_le=None)


def terminer_personne(*, dossier: Dossier, personne: User) -> None:
    """End a person's own participation; the row stays, as the trace of what was granted."""
    ParticipationPersonnelle.objects.vivantes().filter(content_object=dossier, user=personne).update(
        fin_le=timezone.now(), suivi_par=None
    )


def reprendre_suivi(*, dossier: Dossier, partant: User, successeur: User) -> None:
    """The colleague follows, for the service, what the leaver followed."""
    Participation.objects.vivantes().filter(content_object=dossier, suivi_par=partant).update(
        suivi_par=successeur, suivi_le=timezone.now()
    )
