"""Whom each act on a convention concerns: computed when the notice leaves."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from convention.acteur import rattachements_valides
from convention.models import Action, Convention, Institution, VersionConvention
from convention.parties import attendues, obligatoires
from notifications.avis import prevenir
from notifications.boite_envoi import traiter_par

AUX_SIGNATAIRES = {
    "ouvrir_signature": "Votre signature est attendue\u00a0: {intitule} de la convention {code}.",
    "abandonner": "Ce texte ne sera pas signé\u00a0: {intitule} de la convention {code}.",
}
A_TOUS = {
    "prendre_effet": "Un texte de la convention {code} est en vigueur\u00a0: {intitule}.",
    "constater": "Toutes les signatures sont données\u00a0: {intitule} de la convention {code}.",
}
FINS = {
    "denoncer": "Un partenaire dénonce la convention {code}.",
    "resilier_convention": "La convention {code} est résiliée, au terme du préavis.",
}


def signataires(institutions: Iterable[Institution]) -> Any:
    """The accounts that may sign for these institutions now."""
    courants = Q(mandats__institution__in=institutions, mandats__fin_le=None)
    delegues = Q(delegations__mandat__institution__in=institutions, delegations__fin_le=None)
    return User.objects.filter(courants | delegues).distinct().order_by("pk")


def _referentes(convention: Convention) -> Any:
    lignes = rattachements_valides().filter(
        role=convention.role_referent, service__institution=convention.etablissement_id
    )
    return User.objects.filter(pk__in=lignes.order_by().values("utilisateur")).order_by("pk")


def prevenir_de_version(charge: Mapping[str, Any]) -> None:
    """Tell those who must sign, then everybody concerned. Never the author of the act."""
    version = VersionConvention.objects.select_related("convention", "institution_admise").get(pk=charge["version"])
    nom, convention = charge["nom"], version.convention
    phrase = AUX_SIGNATAIRES.get(nom) or A_TOUS.get(nom)
    if phrase is None:
        return
    personnes = set(signataires(attendues(version)))
    if nom in A_TOUS:
        personnes |= set(_referentes(convention))
    _prevenir(
        personnes,
        charge,
        cle=f"convention:{version.pk}:{nom}:{charge['cle']}",
        texte=phrase.format(intitule=version.intitule, code=convention.code),
        adresse=reverse("convention:version", args=[convention.code, version.numero]),
        code=convention.code,
    )


def prevenir_de_fin(charge: Mapping[str, Any]) -> None:
    convention = Convention.objects.get(pk=charge["convention"])
    _prevenir(
        set(signataires(obligatoires(convention))) | set(_referentes(convention)),
        charge,
        cle=f"convention:{convention.pk}:{charge['cle']}",
        texte=FINS[charge["nom"]].format(code=convention.code),
        adresse=reverse("convention:page", args=[convention.code]),
        code=convention.code,
    )


def prevenir_d_action(charge: Mapping[str, Any]) -> None:
    """Who follows the programme and who speaks for its pilot or its partners. Never the author of the act."""
    action = Action.objects.select_related("axe__convention", "pilote").get(pk=charge["action"])
    convention = action.axe.convention
    maisons = {action.pilote_id, *action.partenaires.values_list("pk", flat=True)} - {None}
    places = rattachements_valides().filter(role=Role.PARTENAIRE, service__institution__in=maisons)
    personnes = set(User.objects.filter(pk__in=places.order_by().values("utilisateur"))) | set(_referentes(convention))
    libelle = Action.Etat(charge["etat"]).label.lower()
    _prevenir(
        personnes,
        charge,
        cle=f"action:{action.pk}:{charge['cle']}",
        texte=f"Une action de la convention {convention.code} est {libelle}.",
        adresse=reverse("convention:action", args=[convention.code, action.axe.code, action.code]),
        code=convention.code,
    )


def _prevenir(
    personnes: set[User], charge: Mapping[str, Any], *, cle: str, texte: str, adresse: str, code: str
) -> None:
    autres = sorted((personne for personne in personnes if personne.pk != charge["par"]), key=lambda un: un.pk)
    prevenir(autres, cle_unique=cle, texte=texte, adresse=adresse, reference=f"convention {code}")


def enregistrer() -> None:
    traiter_par("convention.version")(prevenir_de_version)
    traiter_par("convention.fin")(prevenir_de_fin)
    traiter_par("convention.action")(prevenir_d_action)
