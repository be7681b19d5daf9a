"""Drafts: kept within five seconds, read back by their owner alone."""

import uuid
from typing import Any

from django.utils import timezone

from convention.acteur import Acteur
from dossiers.models import Brouillon, Dossier
from dossiers.models.brouillon import expiration


def commencer(*, genre: str, acteur: Acteur, dossier: Dossier | None = None, cle: uuid.UUID | None = None) -> Brouillon:
    """`cle` given by the starting form makes a second sending fail on its unique key."""
    return Brouillon.objects.create(
        genre=genre, proprietaire_id=acteur.utilisateur_id, dossier=dossier, cle=cle or uuid.uuid4()
    )


def retrouver(cle: uuid.UUID, acteur: Acteur) -> Brouillon | None:
    """The owner's draft; None for anybody else, exactly as if it did not exist."""
    return Brouillon.objects.filter(cle=cle, proprietaire_id=acteur.utilisateur_id).first()


def miens(acteur: Acteur) -> list[Brouillon]:
    return list(Brouillon.objects.filter(proprietaire_id=acteur.utilisateur_id).select_related("dossier"))


def garder(*, brouillon: Brouillon, page: str, valeurs: dict[str, Any]) -> None:
    """Keep the raw values of one page and push the expiry back; nothing is validated here."""
    brouillon.donnees = {**brouillon.donnees, page: valeurs}
    brouillon.expire_le = expiration()
    brouillon.save()


def valider_page(*, brouillon: Brouillon, page: str) -> None:
    """The page reached the letter: what was typed leaves the draft."""
    brouillon.donnees = {nom: valeurs for nom, valeurs in brouillon.donnees.items() if nom != page}
    brouillon.save()


def effacer_expires() -> None:
    """Thirty days without a keystroke: the draft goes, with the unsent envelope it was for."""
    for brouillon in Brouillon.objects.filter(expire_le__lt=timezone.now()).select_related("dossier"):
        dossier = brouillon.dossier
        brouillon.delete()
        if dossier and dossier.phase == "brouillon":
            dossier.delete()
