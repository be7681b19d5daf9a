"""Drafts: kept within five seconds, read back by their owner alone."""

import uuid
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from convention.acteur import Acteur
from dossiers.conservation.effacement import effacer_envoi_abandonne
from dossiers.fenetres import prendre_la_plume
from dossiers.models import Brouillon, Dossier, Exclusion
from dossiers.models.brouillon import expiration
from notifications.portee import portee_systeme


def commencer(*, genre: str, acteur: Acteur, dossier: Dossier | None = None, cle: uuid.UUID | None = None) -> Brouillon:
    """`cle` given by the starting form makes a second sending fail on its unique key."""
    return Brouillon.objects.create(
        genre=genre, proprietaire_id=acteur.utilisateur_id, dossier=dossier, cle=cle or uuid.uuid4()
    )


def retrouver(cle: uuid.UUID, acteur: Acteur) -> Brouillon | None:
    """The owner's draft; None for anybody else, exactly as if it did not exist."""
    return _siens(acteur).filter(cle=cle).first()


def miens(acteur: Acteur, genre: str = "") -> list[Brouillon]:
    """All of them, or those of one kind; the latest first."""
    siens = _siens(acteur).select_related("dossier")
    return list(siens.filter(genre=genre) if genre else siens)


def _siens(acteur: Acteur) -> QuerySet[Brouillon]:
    """Never the draft of a case one is excluded from."""
    ecartes = Exclusion.objects.filter(utilisateur_id=acteur.utilisateur_id).values("dossier_id")
    siens = Brouillon.objects.filter(proprietaire_id=acteur.utilisateur_id)
    return siens.filter(Q(dossier=None) | ~Q(dossier_id__in=ecartes))


@transaction.atomic
def garder(*, brouillon: Brouillon, page: str, valeurs: dict[str, Any], fenetre: str = "") -> None:
    """Keep the raw values of one page and push the expiry back; nothing is validated here.

    `fenetre` is the hidden field of the page that sends them. Raises AutreFenetre, with `brouillon` as it was kept.
    """
    brouillon.refresh_from_db(from_queryset=Brouillon.objects.select_for_update())
    prendre_la_plume(brouillon, page, fenetre)
    brouillon.donnees = {**brouillon.donnees, page: valeurs}
    brouillon.expire_le = expiration()
    brouillon.save()


def valider_page(*, brouillon: Brouillon, page: str) -> None:
    """The page reached the letter: what was typed leaves the draft."""
    brouillon.donnees = {nom: valeurs for nom, valeurs in brouillon.donnees.items() if nom != page}
    brouillon.save()


def prolonger(*, dossier: Dossier, attente: timedelta) -> None:
    """The draft of a case that waits on purpose lives thirty days after the wait."""
    for brouillon in Brouillon.objects.filter(dossier=dossier):
        brouillon.expire_le = expiration() + attente
        brouillon.save()


def effacer_expires() -> None:
    """Thirty days without a keystroke: the draft goes, with the unsent envelope it was for."""
    effacer_envoi_abandonne(Brouillon.objects.filter(expire_le__lt=timezone.now()).select_related("dossier"))


def abandonner(*, brouillon: Brouillon) -> None:
    """The owner gives a draft up; an envelope that was never sent goes with it, history and files included."""
    with portee_systeme("Un brouillon abandonné s’efface avec son historique, que son auteur ne lit pas."):
        effacer_envoi_abandonne([brouillon])
