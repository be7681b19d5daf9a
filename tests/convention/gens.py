"""More people for the tests of entitlements: a second administrator, a double of somebody, an administrator elsewhere."""

import time
from typing import Any

from django.test import Client

from accounts.models import User
from accounts.roles import Role
from convention.acteur import Acteur, acteur_de
from convention.rattachements import rattacher
from tests.distribution import Distribution

MOTIF = "Prise de poste au premier décembre."
SERVICE_DES_COMPTES = {"CHV": "CHV-COMPTES", "POLICE": "POLICE-CSP", "PARQUET": "PARQUET-PERM"}


def compte(
    distribution: Distribution,
    courriel: str,
    service: str,
    role: Role,
    *,
    prenom: str = "Alex",
    nom: str = "",
    **droit: Any,
) -> User:
    """An account of our own, with one right."""
    nom = nom or courriel.partition("@")[0].replace("-", " ").title()
    utilisateur = User.objects.create_user(courriel, "phrase-de-passe-42", prenom=prenom, nom=nom)
    rattacher(utilisateur=utilisateur, service=distribution.service(service), role=role, acteur=None, **droit)
    return utilisateur


def administrateur(distribution: Distribution, maison: str, rang: int = 1, **droit: Any) -> User:
    return compte(
        distribution,
        f"gestion-{maison.lower()}-{rang}x@demo.test",
        SERVICE_DES_COMPTES[maison],
        Role.ADMIN_INSTITUTION,
        **droit,
    )


def acteur(utilisateur: User) -> Acteur:
    return acteur_de(utilisateur)


def client(utilisateur: User, *, eleve: bool = True) -> Client:
    """Signed in, with a fresh proof of identity."""
    navigateur = Client()
    navigateur.force_login(utilisateur, backend="accounts.connexion.CourrielBackend")
    if eleve:
        session = navigateur.session
        session["eleve_le"] = int(time.time())
        session.save()
    return navigateur


def donnees(distribution: Distribution, service: str, role: Role, **autres: Any) -> dict[str, Any]:
    """What the invitation form gives."""
    from django.utils import timezone

    return {
        "civilite": "Mme",
        "prenom": "Ada",
        "nom": "Courtois",
        "courriel": "ada.courtois@demo.test",
        "service": distribution.service(service),
        "role": role.value,
        "profession": "",
        "qualite": "",
        "matricule": "",
        "debut_le": timezone.localdate(),
        "fin_le": None,
        **autres,
    }
