"""A person who lost phone, key and recovery codes: two persons clear them, an e-mailed link leads back."""

import uuid
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.courriels import expedier
from accounts.facteurs import effacer
from accounts.models import User
from convention import policies, quatre_yeux
from convention.acteur import Acteur
from convention.comptes import HabilitationRefusee, administrateurs, institutions_de
from convention.identites import meme_personne
from convention.models import DemandeDouble
from journal.carnet import noter
from transitions.verdict import OUI, Verdict, non

RENDRE = "comptes.rendre_acces"


def peut_etre_aide(acteur: Acteur, compte: User) -> Verdict:
    """May this actor ask it for this person?"""
    if not compte.is_active:
        return non("Ce compte est suspendu\u00a0: demandez d’abord sa réouverture.")
    if not _perdables(compte):
        return non("Cette personne n’a aucun second facteur\u00a0: «\u00a0Mot de passe oublié\u00a0» lui suffit.")
    maison, verdict = _maison(acteur, compte)
    if maison and meme_personne(compte, User.objects.get(pk=acteur.utilisateur_id)):
        return non("Ce compte est le vôtre\u00a0: un autre administrateur doit faire cette demande.")
    return verdict


@transaction.atomic
def demander(*, utilisateur: User, motif: str, acteur: Acteur) -> DemandeDouble:
    """Ask that the factors be cleared; the person is told at once, and signing in voids the request."""
    if not (verdict := peut_etre_aide(acteur, utilisateur)):
        raise HabilitationRefusee(verdict.raison)
    demande = quatre_yeux.demander(
        acte=RENDRE,
        objet=utilisateur.cle,
        contenu=contenu(utilisateur.cle),
        motif=motif,
        acteur=acteur,
        institution_id=_maison(acteur, utilisateur)[0],
    )
    expedier("retour_demande", utilisateur)
    return demande


def contenu(cle: uuid.UUID) -> dict[str, Any]:
    """What would be cleared. Whoever signs in after the request has lost nothing: it is void."""
    compte = User.objects.get(cle=cle)
    return {
        "compte": str(cle),
        "actif": compte.is_active,
        "courriel": compte.courriel,
        "facteurs": sorted(Authenticator.objects.filter(user=compte).values_list("pk", flat=True)),
        "derniere_connexion": str(compte.last_login),
    }


def peut_demander(acteur: Acteur, demande: DemandeDouble) -> Verdict:
    """Read again at the answer: the requester still may, and was not the person helped."""
    return peut_etre_aide(acteur, User.objects.get(cle=demande.objet))


def rendre(*, demande: DemandeDouble, acteur: Acteur) -> None:
    """Run by the second person's approval."""
    compte = User.objects.select_for_update().get(cle=demande.objet)
    if not quatre_yeux.approuvee(RENDRE, compte.cle, contenu(compte.cle)):
        raise HabilitationRefusee("Cette remise à zéro n’attend plus d’approbation\u00a0: faites une nouvelle demande.")
    effacer(compte)
    noter("rendre_acces", objet="compte", cle=compte.cle, acteur=acteur)


def _perdables(compte: User) -> bool:
    """Something to lose, or a link that was never followed."""
    return Authenticator.objects.filter(user=compte).exists() or not compte.has_usable_password()


def _maison(acteur: Acteur, compte: User) -> tuple[int, Verdict]:
    """The house under which the request is made, 0 when there is none."""
    verdict: Verdict = non("Cette personne n’est d’aucune institution.")
    for maison in sorted(institutions_de(compte)):
        autres = [autre for autre in administrateurs(maison, sauf=compte.pk) if not meme_personne(compte, autre)]
        verdict = policies.peut_rendre_acces(acteur, maison, autres_administrateurs=bool(autres))
        if verdict:
            return maison, OUI
    return 0, verdict
