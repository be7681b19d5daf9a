"""The office that binds an institution: a change of holder hands everything over in one act."""

from collections.abc import Collection
from datetime import date

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


def _verrouiller(institution: Institution) -> Institution:
    return Institution.objects.select_for_update().get(pk=institution.pk)


def _du_lieu(utilisateur: User, institution: Institution) -> None:
    """An account signs for an institution only while it has a valid place there."""
    if not rattachements_valides().filter(utilisateur=utilisateur, service__institution=institution).exists():
        raise TransitionRefusee(
            f"{utilisateur} n’a pas de droit ouvert dans cette institution\u00a0: ouvrez-lui d’abord un compte."
        )


@transaction.atomic
def changer_titulaire(
    *,
    institution: Institution,
    acteur: Acteur,
    civilite: str,
    prenom: str,
    nom: str,
    titre: str,
    utilisateur: User | None,
    debut_le: date,
    motif: str,
    reprises: Collection[int] = (),
) -> Mandat:
    """Close the former mandate, open the new one, take over the chosen delegations and end the others.

    Pending signatures and approvals belong to the institution: the new holder finds them all. No orphan is possible,
    since the institution has a holder before and after, in one transaction.
    """
    institution = _verrouiller(institution)
    exiger(regles.peut_nommer(institution, acteur))
    ancien = _clore(institution, utilisateur, debut_le, acteur)
    mandat = Mandat.objects.create(
        institution=institution,
        civilite=civilite,
        prenom=prenom,
        nom=nom,
        titre=titre,
        utilisateur=utilisateur,
        debut_le=debut_le,
        motif=motif,
    )
    reprises_faites = _transmettre(ancien, mandat, reprises) if ancien else 0
    noter(
        "changer_titulaire",
        acteur=acteur,
        objet="convention",
        details={"institution": institution.code, "mandat": mandat.pk, "delegations": reprises_faites},
    )
    return mandat


def _clore(institution: Institution, utilisateur: User | None, debut_le: date, acteur: Acteur) -> Mandat | None:
    """Check the newcomer and end the mandate in place, if any."""
    if utilisateur is not None and utilisateur.pk == acteur.utilisateur_id:
        raise TransitionRefusee("Personne ne se nomme soi-même\u00a0: faites enregistrer ce changement par un autre.")
    if utilisateur is not None:
        _du_lieu(utilisateur, institution)
    if debut_le > timezone.localdate():
        raise TransitionRefusee("Enregistrez la prise de fonction le jour venu\u00a0: cette date est à venir.")
    ancien = titulaire(institution)
    if ancien is not None:
        if debut_le < ancien.debut_le:
            raise TransitionRefusee("La prise de fonction ne peut pas précéder celle du titulaire en place.")
        ancien.fin_le = debut_le
        ancien.save()
    return ancien


def _transmettre(ancien: Mandat, mandat: Mandat, reprises: Collection[int]) -> int:
    """The open delegations of the former holder end; those taken over are born again under the new one."""
    faites = 0
    for delegation in ancien.delegations.filter(fin_le=None):
        delegation.fin_le = mandat.debut_le
        delegation.save()
        if delegation.pk in reprises and delegation.delegataire_id != mandat.utilisateur_id:
            Delegation.objects.create(
                mandat=mandat,
                delegataire_id=delegation.delegataire_id,
                titre=delegation.titre,
                debut_le=mandat.debut_le,
                reprise_de=delegation,
            )
            faites += 1
    return faites


@transaction.atomic
def deleguer(*, institution: Institution, acteur: Acteur, delegataire: User, titre: str) -> Delegation:
    """The holder lets a colleague sign."""
    institution = _verrouiller(institution)
    exiger(regles.peut_deleguer(institution, acteur))
    _du_lieu(delegataire, institution)
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
    institution = _verrouiller(delegation.mandat.institution)
    exiger(regles.peut_deleguer(institution, acteur))
    delegation = Delegation.objects.get(pk=delegation.pk)
    if delegation.fin_le is not None:
        raise TransitionRefusee("Cette délégation est déjà terminée.")
    delegation.fin_le = timezone.localdate()
    delegation.save()
    details = {"institution": institution.code, "delegation": delegation.pk}
    noter("terminer_delegation", acteur=acteur, objet="convention", details=details)
