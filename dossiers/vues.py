"""The views a person keeps of a list. They name filters, never a case."""

import uuid
from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from convention.acteur import Acteur
from dossiers.models import VueGardee
from journal.carnet import noter

PLAFOND = 8


class TropDeVues(Exception):
    """The message says what to do."""


def miennes(acteur: Acteur, liste: str) -> list[VueGardee]:
    return list(VueGardee.objects.filter(proprietaire_id=acteur.utilisateur_id, liste=liste))


@transaction.atomic
def garder_vue(*, liste: str, nom: str, filtres: Mapping[str, str], acteur: Acteur) -> VueGardee:
    """Keep these filters under this name; the same filters kept again only change their name."""
    User.objects.select_for_update().get(pk=acteur.utilisateur_id)
    siennes = miennes(acteur, liste)
    vue = next((vue for vue in siennes if vue.filtres == dict(filtres)), None)
    if vue is None and len(siennes) >= PLAFOND:
        raise TropDeVues(f"Vous gardez déjà {PLAFOND} vues. Retirez-en une, puis recommencez.")
    vue = vue or VueGardee(proprietaire_id=acteur.utilisateur_id, liste=liste, filtres=dict(filtres))
    vue.nom = nom
    vue.save()
    noter("garder_vue", acteur=acteur, objet="vue", cle=vue.cle)
    return vue


def retirer_vue(*, cle: uuid.UUID, acteur: Acteur) -> bool:
    """False when it is not one's own, or was already removed."""
    retirees, _ = VueGardee.objects.filter(cle=cle, proprietaire_id=acteur.utilisateur_id).delete()
    if retirees:
        noter("retirer_vue", acteur=acteur, objet="vue", cle=cle)
    return bool(retirees)
