"""Accounts: suspended at once by one administrator, opened again by two persons (SEC-08, SEC-11)."""

import uuid
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from accounts.sessions import fermer_toutes
from convention import policies, quatre_yeux
from convention.acteur import Acteur, rattachements_valides
from convention.models import DemandeDouble, Rattachement, SuiviCompte
from convention.quatre_yeux import ApprobationRefusee
from journal.carnet import noter

REACTIVER = "comptes.reactiver"


class HabilitationRefusee(ApprobationRefusee):
    """The French sentence says why, and what to do."""


@transaction.atomic
def suspendre(*, utilisateur: User, motif: str, acteur: Acteur) -> None:
    """Close an account now; its sessions and its links die with it. One administrator suffices: safety first."""
    gerer(utilisateur, acteur)
    if utilisateur.pk == acteur.utilisateur_id:
        raise HabilitationRefusee("Vous ne pouvez pas suspendre votre propre compte\u00a0: demandez-le à un collègue.")
    fermer(utilisateur=utilisateur, motif=motif, acteur=acteur)


def fermer(*, utilisateur: User, motif: str, acteur: Acteur | None) -> None:
    """Write that an account is closed; `acteur` is None for the clock."""
    utilisateur.is_active = False
    utilisateur.save(update_fields=["is_active"])
    fermer_toutes(utilisateur=utilisateur)
    auteur = acteur.utilisateur_id if acteur else None
    SuiviCompte.objects.update_or_create(
        utilisateur=utilisateur,
        defaults={"motif": motif, "suspendu_le": timezone.now(), "suspendu_par_id": auteur},
    )
    noter("suspendre", objet="compte", cle=utilisateur.cle, acteur=acteur, details={"motif": str(motif)})


@transaction.atomic
def demander_reactivation(*, utilisateur: User, motif: str, acteur: Acteur) -> DemandeDouble:
    """Ask that a suspended account be opened again; a second person decides."""
    institution_id = gerer(utilisateur, acteur)
    if utilisateur.is_active:
        raise HabilitationRefusee("Ce compte est déjà actif.")
    return quatre_yeux.demander(
        acte=REACTIVER,
        objet=utilisateur.cle,
        contenu=contenu_du_compte(utilisateur.cle),
        motif=motif,
        acteur=acteur,
        institution_id=institution_id,
    )


def contenu_du_compte(cle: uuid.UUID) -> dict[str, Any]:
    """What reactivating would give back: the rights still open, and the suspension it answers."""
    compte = User.objects.get(cle=cle)
    suivi = SuiviCompte.objects.filter(utilisateur=compte).first()
    return {
        "compte": str(cle),
        "actif": compte.is_active,
        "suspendu_le": str(suivi.suspendu_le) if suivi else "",
        "droits": sorted(rattachements_ouverts(compte).values_list("pk", flat=True)),
    }


def reactiver(*, demande: DemandeDouble, acteur: Acteur) -> None:
    """Run by the second person's approval."""
    compte = User.objects.select_for_update().get(cle=demande.objet)
    if not quatre_yeux.approuvee(REACTIVER, compte.cle, contenu_du_compte(compte.cle)):
        raise HabilitationRefusee("Cette réactivation n’attend plus d’approbation\u00a0: faites une nouvelle demande.")
    activer(compte=compte, acteur=acteur)


def activer(*, compte: User, acteur: Acteur) -> None:
    """Open an account again; two persons have said so."""
    compte.is_active = True
    compte.save(update_fields=["is_active"])
    SuiviCompte.objects.update_or_create(
        utilisateur=compte,
        defaults={
            "motif": "",
            "reactive_le": timezone.now(),
            "reactive_par_id": acteur.utilisateur_id,
            "averti_le": None,
        },
    )
    noter("reactiver", objet="compte", cle=compte.cle, acteur=acteur)


def rattachements_ouverts(utilisateur: User) -> QuerySet[Rattachement]:
    """The rights of a person that are not ended, whatever the state of the account."""
    return Rattachement.objects.filter(utilisateur=utilisateur).exclude(fin_le__lte=timezone.localdate())


def institutions_de(utilisateur: User) -> frozenset[int]:
    """The houses a person belongs to; the last ones when every right has ended."""
    ouverts = rattachements_ouverts(utilisateur).values_list("service__institution", flat=True)
    return frozenset(ouverts) or frozenset(
        Rattachement.objects.filter(utilisateur=utilisateur).values_list("service__institution", flat=True)
    )


def administrateurs(institution_id: int, *, sauf: int | None = None) -> list[User]:
    """The active account managers of a house."""
    places = rattachements_valides().filter(role=Role.ADMIN_INSTITUTION, service__institution=institution_id)
    comptes = User.objects.filter(pk__in=places.order_by().values("utilisateur")).order_by("pk")
    return [compte for compte in comptes if compte.pk != sauf]


def gerer(utilisateur: User, acteur: Acteur) -> int:
    """The institution under which this actor manages that account."""
    communes = institutions_de(utilisateur) & policies.gere(acteur)
    if not communes:
        raise HabilitationRefusee("Seul l’administrateur des comptes de cette institution peut le faire.")
    return min(communes)
