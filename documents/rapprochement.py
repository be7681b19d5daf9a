"""Rows and stored bytes, compared: what a crash left is collected, what is missing is named."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db.models import Exists, ForeignObjectRel, OuterRef, QuerySet
from django.utils import timezone

from documents import coffre
from documents.models import CleFichier, Fichier

ORPHELIN, SANS_EMPLOI = timedelta(hours=24), timedelta(days=32)  # a draft keeps its file thirty days


@dataclass(frozen=True, slots=True)
class Bilan:
    orphelins: int
    sans_emploi: int
    manquants: list[str]


def rapprocher() -> Bilan:
    """Delete bytes without a row after 24 hours, erase files that nothing uses, list rows whose bytes are missing."""
    return Bilan(_ramasser(), _effacer_sans_emploi(), _manquants())


def _ranges() -> Iterator[str]:
    for dossier in default_storage.listdir("")[0]:
        if len(dossier) == 2:
            yield from (f"{dossier}/{nom}" for nom in default_storage.listdir(dossier)[1])


def _ramasser() -> int:
    limite, ramasses = timezone.now() - ORPHELIN, 0
    attendus = _noms(Fichier.objects.exclude(etat_fichier=Fichier.Etat.EFFACE))
    for nom in list(_ranges()):
        if nom not in attendus and default_storage.get_modified_time(nom) < limite:
            default_storage.delete(nom)
            ramasses += 1
    return ramasses


def _noms(fichiers: QuerySet[Fichier]) -> set[str]:
    noms: set[str] = set()
    for fichier in fichiers.only("cle", "empreinte_origine").iterator():
        noms.add(coffre.nom(fichier, coffre.SERVI))
        if fichier.empreinte_origine:
            noms.add(coffre.nom(fichier, coffre.ORIGINE))
    return noms


def _effacer_sans_emploi() -> int:
    """An upload whose form was never sent to its end."""
    libres = Fichier.objects.filter(cree_le__lt=timezone.now() - SANS_EMPLOI).exclude(
        etat_fichier__in=[Fichier.Etat.EFFACE, Fichier.Etat.REFUSE]
    )
    for relation in Fichier._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel) or relation.related_model is CleFichier:
            continue
        emplois = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
        libres = libres.exclude(Exists(emplois))
    perdus = list(libres)
    for fichier in perdus:
        coffre.effacer(fichier, motif="sans emploi")
    return len(perdus)


def _manquants() -> list[str]:
    presents = set(_ranges())
    vivants = Fichier.objects.exclude(etat_fichier=Fichier.Etat.EFFACE)
    return sorted(_noms(vivants) - presents)
