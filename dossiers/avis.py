"""Who is told that a case moved: computed when the notice leaves, by the rule that authorises."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from accounts.models import User
from accounts.roles import Role
from convention.acteur import acteur_de, rattachements_valides
from dossiers.models import Dossier, Evenement, Participation, ParticipationPersonnelle
from dossiers.registre import type_de
from notifications.avis import prevenir

# These roles act on services' cases; a head nurse or an account manager is not told of every event.
SANS_AVIS = frozenset({Role.ADMIN_INSTITUTION, Role.DPO, Role.CADRE, Role.REFERENT})


def prevenir_parties(charge: Mapping[str, Any]) -> None:
    """Carry out the outbox subject `dossier.evenement`: idempotent, one notice a person and an event."""
    evenement = Evenement.objects.select_related("dossier").get(pk=charge["evenement"])
    dossier = evenement.dossier
    for personne in parties(dossier):
        if personne.pk == evenement.par_id:
            continue
        acteur = acteur_de(personne)
        if not Dossier.objects.visibles_par(acteur).filter(pk=dossier.pk).exists():
            continue
        prevenir(
            [personne],
            cle_unique=f"evenement:{evenement.pk}",
            texte=f"{evenement.libelle} : {dossier.reference or 'brouillon'}",
            adresse=type_de(dossier).adresse(dossier, acteur),
            reference=dossier.reference or "",
        )


def parties(dossier: Dossier) -> list[User]:
    """The active people of a case: those of its services, but the ones only told ahead, and those it names itself."""
    groupes = Participation.objects.engagees().filter(content_object=dossier).values("group_id")
    personnes = ParticipationPersonnelle.objects.vivantes().filter(content_object=dossier).values("user_id")
    de_service = rattachements_valides().filter(service__groupe_id__in=groupes).exclude(role__in=SANS_AVIS)
    parties = Q(pk__in=de_service.order_by().values("utilisateur_id")) | Q(pk__in=personnes)
    return list(User.objects.filter(parties, is_active=True).order_by("pk"))
