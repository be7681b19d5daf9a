"""The office that binds an institution: its holder, and whom the holder lets sign."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from convention import regles
from convention.acteur import Acteur, rattachements_valides
from convention.models import Delegation, Institution, Mandat
from convention.workflow import exiger
from journal.carnet import noter
from transitions.workflow import TransitionRefusee


def titulaire(institution: Institution) -> Mandat | None:
    return Mandat.objects.filter(institution=institution, fin_le=None).select_related("utilisateur").first()


def verrouiller(institution: Institution) -> Institution:
    return Institution.objects.select_for_update().get(pk=institution.pk)


def du_lieu(utilisateur: User, institution: Institution) -> None:
    """An account signs for an institution only while it has a valid place there."""
    if not rattachements_valides().filter(utilisateur=utilisateur, service__institution=institution).exists():
        raise TransitionRefusee(
            f"{utilisateur} n’a pas de droit ouvert dans cette institution\u00a0: ouvrez-lui d’abord un compte."
        )


@transaction.atomic
def deleguer(*, institution: Institution, acteur: Acteur, delegataire: User, titre: str) -> Delegation:
    """The holder lets a colleague sign."""
    institution = verrouiller(institution)
    exiger(regles.peut_deleguer(institution, acteur))
    du_lieu(delegataire, institution)
    mandat = Mandat.objects.get(institution=institution, fin_le=None)
    if delegataire.pk == acteur.utilisateur_id:
        raise TransitionRefusee("Vous signez déjà vous-même\u00a0: choisissez un collègue.")
    if mandat.delegations.filter(delegataire=delegataire, fin_le=None).exists():
        raise TransitionRefusee("Cette personne a déjà une délégation.")
    delegation = Delegation.objects.create(
        mandat=mandat, delegataire=delegataire, titre=titre, debut_le=timezone.localdate()
    )
    details = {"institution": institution.code, "delegation": delegation.pk}
    noter("deleguer_signature", acteur=acteur, objet="convention", details=details)
    return delegation


@transaction.atomic
def terminer_delegation(*, delegation: Delegation, acteur: Acteur) -> None:
    institution = verrouiller(delegation.mandat.institution)
    exiger(regles.peut_deleguer(institution, acteur))
    delegation = Delegation.objects.get(pk=delegation.pk)
    if delegation.fin_le is not None:
        raise TransitionRefusee("Cette délégation est déjà terminée.")
    delegation.fin_le = timezone.localdate()
    delegation.save()
    details = {"institution": institution.code, "delegation": delegation.pk}
    noter("terminer_delegation", acteur=acteur, objet="convention", details=details)
