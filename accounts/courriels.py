"""E-mails about an account: a sentence and a link. The link is made when the message leaves, so none is kept anywhere.

The floor above lends its outbox (`porter_par`), since siblings of this floor do not know each other.
"""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from accounts import jetons
from accounts.models import User

SUJET = "compte.courriel"
OBJETS = {
    "invitation": "ouvrez votre compte",
    "oubli": "choisissez un nouveau mot de passe",
    "retour": "retrouvez votre accès",
    "retour_demande": "une remise à zéro de votre accès est demandée",
    "mot_de_passe": "votre mot de passe a changé",
    "facteur_ajoute": "un moyen de vérification a été ajouté",
    "facteur_retire": "un moyen de vérification a été retiré",
    "identite_reliee": "une identité a été reliée à votre compte",
    "identite_deliee": "une identité n’ouvre plus votre compte",
    "codes_secours": "vos codes de secours ont changé",
}
_porteurs: list[Callable[..., None]] = []


def porter_par(publier: Callable[..., None]) -> None:
    """Register the outbox: `publier(sujet, cle_unique=…, charge=…)`."""
    _porteurs[:] = [publier]


def expedier(modele: str, utilisateur: User) -> None:
    """Send after the present transaction, if it succeeds."""
    charge = {"modele": modele, "utilisateur": str(utilisateur.cle)}
    for publier in _porteurs:
        publier(SUJET, cle_unique=f"compte:{modele}:{uuid.uuid4()}", charge=charge)


def composer(charge: Mapping[str, Any]) -> None:
    """Carry out one outbox row; a person who was suspended meanwhile receives nothing."""
    modele = str(charge["modele"])
    utilisateur = User.objects.filter(cle=charge["utilisateur"], is_active=True).first()
    if utilisateur is None:
        return
    corps = render_to_string(f"accounts/courriels/{modele}.txt", {"lien": _lien(modele, utilisateur)})
    EmailMessage(f"Trait d’union : {OBJETS[modele]}", corps, to=[utilisateur.courriel]).send()


def _lien(modele: str, utilisateur: User) -> str:
    if modele not in jetons.GENRES:
        return str(settings.ADRESSE_PUBLIQUE) + reverse("accounts:compte")
    chemin = reverse(f"accounts:lien_{modele}", args=[utilisateur.cle, jetons.GENRES[modele].make_token(utilisateur)])
    return str(settings.ADRESSE_PUBLIQUE) + chemin
