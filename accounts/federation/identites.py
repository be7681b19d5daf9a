"""Whose account an identity opens: by (issuer, subject) alone, linked by its own holder. An e-mail links nothing."""

from django.db import IntegrityError, transaction

from accounts.courriels import expedier
from accounts.federation import preuves
from accounts.federation.echange import Preuve
from accounts.federation.fournisseurs import Fournisseur
from accounts.federation.reseau import Refus
from accounts.models import IdentiteFederee, JetonServi, User
from accounts.sessions import SIMULTANEES, fermer_toutes, temoigner


def titulaire(fournisseur: Fournisseur, preuve: Preuve) -> User:
    """The holder of the account that this identity was linked to, if it may still sign in."""
    lien = IdentiteFederee.objects.select_related("utilisateur").filter(emetteur=preuve.emetteur, sujet=preuve.sujet)
    identite = lien.first()
    if identite is None:
        raise Refus(
            f"Aucun compte n’est relié à cette identité {fournisseur.titre}. Connectez-vous avec votre mot de passe, "
            "puis reliez-la dans « Mon compte ». Sans compte, demandez une invitation à l’administrateur des comptes "
            "de votre institution."
        )
    if not identite.utilisateur.is_active:
        raise Refus("Ce compte est suspendu. Adressez-vous à l’administrateur des comptes de votre institution.")
    if preuve.sid and preuve.sid not in identite.sids:
        identite.sids = [preuve.sid, *identite.sids][:SIMULTANEES]
        identite.save(update_fields=["sids"])
    return identite.utilisateur


def relier(fournisseur: Fournisseur, utilisateur: User, *, emetteur: str, sujet: str) -> None:
    try:
        with transaction.atomic():
            IdentiteFederee.objects.create(utilisateur=utilisateur, emetteur=emetteur, sujet=sujet)
    except IntegrityError as erreur:
        raise Refus(
            f"Cette identité {fournisseur.titre} est déjà reliée à un compte, ou le vôtre en a déjà une. "
            "Retirez l’ancien lien, puis recommencez."
        ) from erreur
    expedier("identite_reliee", utilisateur)


@transaction.atomic
def delier(fournisseur: Fournisseur, utilisateur: User) -> None:
    """The link goes if the person keeps another way in: their password."""
    User.objects.select_for_update().get(pk=utilisateur.pk)
    if not utilisateur.has_usable_password():
        raise Refus("C’est votre seul moyen de vous connecter. Choisissez d’abord un mot de passe.")
    if IdentiteFederee.objects.filter(utilisateur=utilisateur, emetteur=fournisseur.emetteur).delete()[0]:
        expedier("identite_deliee", utilisateur)


def reliee(fournisseur: Fournisseur, utilisateur: User) -> bool:
    return IdentiteFederee.objects.filter(utilisateur=utilisateur, emetteur=fournisseur.emetteur).exists()


def fermer(fournisseur: Fournisseur, jeton: str) -> None:
    """Back-channel logout: every session of the person ends. A subject that is linked to nobody ends nothing."""
    lu = preuves.fermeture(fournisseur, jeton)
    if not JetonServi.servir("jti", fournisseur.emetteur, lu["jti"]):
        raise Refus("Ce jeton a déjà servi.")
    liens = IdentiteFederee.objects.select_related("utilisateur").filter(emetteur=fournisseur.emetteur)
    liens = liens.filter(sujet=lu["sub"]) if lu.get("sub") else liens.filter(sids__contains=[lu["sid"]])
    for lien in liens:
        fermer_toutes(utilisateur=lien.utilisateur)
        temoigner(lien.utilisateur)
