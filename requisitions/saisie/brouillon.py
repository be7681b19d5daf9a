"""The inventory being typed, kept for its writer alone until the page is saved: a dead telephone loses nothing."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from django.utils import timezone

from convention.acteur import Acteur
from dossiers.brouillons import abandonner, garder, retrouver
from dossiers.models import Brouillon, Dossier
from requisitions.models import Inventaire

PAGE = "inventaire"
EN_VOL = timedelta(seconds=15)


def cle_de(dossier: Dossier, acteur: Acteur) -> UUID:
    """One a case and a person: several may write the same inventory."""
    return uuid5(dossier.cle, f"{PAGE}:{acteur.utilisateur_id}")


def garde(dossier: Dossier, acteur: Acteur) -> Brouillon | None:
    brouillon = retrouver(cle_de(dossier, acteur), acteur)
    return brouillon if brouillon and PAGE in brouillon.donnees else None


def conserver(dossier: Dossier, acteur: Acteur, valeurs: dict[str, Any], fenetre: str) -> Brouillon:
    """Raises AutreFenetre, with nothing overwritten."""
    brouillon, _ = Brouillon.objects.get_or_create(
        cle=cle_de(dossier, acteur), defaults={"proprietaire_id": acteur.utilisateur_id, "genre": "requisition"}
    )
    garder(brouillon=brouillon, page=PAGE, valeurs={**valeurs, "dossier": str(dossier.cle)}, fenetre=fenetre)
    return brouillon


def oublier(dossier: Dossier, acteur: Acteur) -> None:
    if brouillon := retrouver(cle_de(dossier, acteur), acteur):
        abandonner(brouillon=brouillon)


def arrive_trop_tard(dossier: Dossier, acteur: Acteur, version: str) -> bool:
    """This save left the page with the sending that wrote the inventory: nothing of it is a draft any more.

    Another window of the same person, still open, keeps its own text.
    """
    if garde(dossier, acteur) is not None or version == str(dossier.version):
        return False
    a_l_instant = timezone.now() - EN_VOL
    ecrits = Inventaire.objects.filter(dossier=dossier, rempli_par_id=acteur.utilisateur_id)
    return ecrits.filter(rempli_le__gt=a_l_instant).exists()


def dossier_vise(brouillon: Brouillon | None) -> str:
    """The key of the case whose inventory this draft is of, if it is one."""
    return str(brouillon.donnees.get(PAGE, {}).get("dossier", "")) if brouillon else ""
