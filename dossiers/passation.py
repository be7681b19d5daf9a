"""Handing cases over when a person leaves: what they alone carry, without a name, and the colleague who continues.

An administrator decides and reads nothing: reference, nature and role only. A report stays as closed as it was: the
colleague receives the leaver's own participation, and no service row is added.
"""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from convention.acteur import Acteur, acteur_de, rattachements_valides
from convention.comptes import rattachements_ouverts
from convention.departs import AConfier, DepartRefuse
from convention.models import Service
from dossiers.models import Brouillon, Dossier, Exclusion, Participation, ParticipationPersonnelle
from dossiers.models.dossier import Phase
from dossiers.models.participation import Part
from dossiers.participations import Octroi, accorder, reprendre_suivi, terminer_personne
from dossiers.registre import type_de
from dossiers.suivi import relater
from notifications.avis import prevenir
from notifications.boite_envoi import publier
from notifications.portee import portee_systeme

OUVERTS = (Phase.BROUILLON, Phase.EN_COURS, Phase.EN_ATTENTE)
SUJET = "dossier.confie"
MOTIF = "Reprise après un départ"
RAISON = "Un départ confie les dossiers d’une personne sans que l’administrateur les lise."


def a_confier(partant: User, institution_id: int | None) -> list[AConfier]:
    """The open cases where this person is the only colleague of the house, or that they follow for their service."""
    with portee_systeme(RAISON):
        siennes = {part.content_object_id: part.get_role_display() for part in _seules(partant)}
        suivies = _suivies(partant).values_list("content_object_id", flat=True)
        roles = dict.fromkeys(suivies, "Suivi") | siennes
        lignes = Dossier.objects.filter(pk__in=roles)
        if institution_id is not None:
            lignes = lignes.filter(_de_la_maison(institution_id))
        return [
            AConfier(
                cle=dossier.cle,
                reference=dossier.reference or f"Brouillon du {timezone.localtime(dossier.cree_le):%d/%m/%Y}",
                nature=dossier.get_nature_display(),
                role=roles[dossier.pk],
            )
            for dossier in lignes.order_by("cree_le", "pk")
        ]


def brouillons(partant: User) -> int:
    """How many drafts go with the leaver: sealed for them alone, nobody else will ever open them."""
    with portee_systeme(RAISON):
        return Brouillon.objects.filter(proprietaire=partant).count()


def confier(*, partant: User, successeur: User, cle: uuid.UUID, acteur: Acteur) -> None:
    """The colleague takes the leaver's own place in the case, and its follow-up; the leaver's place ends."""
    with portee_systeme(RAISON):
        dossier = Dossier.objects.select_for_update().get(cle=cle)
        if Exclusion.objects.filter(dossier=dossier, utilisateur=successeur).exists():
            raise DepartRefuse(
                f"Ce collègue ne peut pas recevoir {dossier.reference or 'ce brouillon'}\u00a0: choisissez-en un autre."
            )
        part = _parts(partant).filter(content_object=dossier).first()
        if part is not None:
            octroi = Octroi(Part.Role(part.role), part.ligne, MOTIF, part.apparait_comme, personne=successeur)
            accorder(dossier=dossier, octrois=[octroi], acteur=acteur)
            terminer_personne(dossier=dossier, personne=partant)
        reprendre_suivi(dossier=dossier, partant=partant, successeur=successeur)
        relater(dossier=dossier, nom="confier", libelle="Dossier confié à un collègue", acteur=acteur, reserve=True)
        publier(
            SUJET,
            cle_unique=f"confie:{dossier.cle}:{successeur.cle}:{timezone.now():%Y%m%d%H%M%S}",
            charge={"dossier": dossier.pk, "successeur": successeur.pk},
        )


def prevenir_successeur(charge: Mapping[str, Any]) -> None:
    """Carry out the outbox subject `dossier.confie`; nothing is said to somebody who may no longer see the case."""
    successeur = User.objects.get(pk=charge["successeur"])
    acteur = acteur_de(successeur)
    dossier = Dossier.objects.visibles_par(acteur).filter(pk=charge["dossier"]).first()
    if dossier is None:
        return
    prevenir(
        [successeur],
        cle_unique=f"confie:{dossier.pk}",
        texte=f"Un dossier vous est confié : {dossier.reference or 'brouillon'}",
        adresse=type_de(dossier).adresse(dossier, acteur),
        reference=dossier.reference or "",
    )


def services_vides(partant: User, institution_id: int | None) -> list[str]:
    """Services that take part in an open case and whose last valid colleague is this person."""
    siens = Service.objects.filter(pk__in=rattachements_ouverts(partant).values("service"))
    if institution_id is not None:
        siens = siens.filter(institution=institution_id)
    autres = rattachements_valides().filter(service=OuterRef("pk")).exclude(utilisateur=partant)
    ouvertes = Participation.objects.vivantes().filter(group_id=OuterRef("groupe_id"), phase__in=OUVERTS)
    return list(siens.filter(~Exists(autres), Exists(ouvertes)).order_by("nom").values_list("nom", flat=True))


def orphelins(dossiers: Iterable[int] | None = None) -> QuerySet[Dossier]:
    """Open cases without one living participation of a service, or of a person who may still sign in."""
    services = Participation.objects.vivantes().filter(content_object=OuterRef("pk"))
    actives = ParticipationPersonnelle.objects.vivantes().filter(
        content_object=OuterRef("pk"),
        user__in=rattachements_valides().order_by().values("utilisateur"),
    )
    lignes = Dossier.objects.filter(~Exists(services), ~Exists(actives), phase__in=OUVERTS)
    return lignes if dossiers is None else lignes.filter(pk__in=dossiers)


def _parts(partant: User) -> QuerySet[ParticipationPersonnelle]:
    lignes: QuerySet[ParticipationPersonnelle] = ParticipationPersonnelle.objects.vivantes().filter(
        user=partant, phase__in=OUVERTS
    )
    return lignes


def _seules(partant: User) -> QuerySet[ParticipationPersonnelle]:
    """The leaver's own participations in cases where no active colleague of their houses has one."""
    maisons = partant.rattachements.order_by().values("service__institution")
    collegues = rattachements_valides().filter(service__institution__in=maisons).order_by().values("utilisateur")
    autres = (
        ParticipationPersonnelle.objects.vivantes()
        .filter(content_object=OuterRef("content_object"), role=OuterRef("role"), user__in=collegues)
        .exclude(user=partant)
    )
    return _parts(partant).filter(~Exists(autres))


def _suivies(partant: User) -> QuerySet[Participation]:
    lignes: QuerySet[Participation] = Participation.objects.vivantes().filter(suivi_par=partant, phase__in=OUVERTS)
    return lignes


def _de_la_maison(institution_id: int) -> Q:
    groupes = Participation.objects.filter(content_object=OuterRef("pk"), group__service__institution_id=institution_id)
    return Q(service_emetteur__institution_id=institution_id) | Q(Exists(groupes))
