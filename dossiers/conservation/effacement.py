"""Removing every copy: the rows that hang on a case, their history, the notices, the documents and the files.

The tree is walked from the schema itself, history tables included, so that a table added later goes too. Rows leave
by raw deletes: no signal runs, so no history row is born of the destruction. What the walk would forget, a foreign key
of the database refuses, and nothing is destroyed.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models.functions import Cast

from documents.models import Document, Fichier
from dossiers.conservation.fichiers import effacer_fichiers
from dossiers.models import Brouillon, Conservation, Dossier, Evenement
from notifications.models import Avis, Envoi

# The stub: what says that a case existed and was destroyed.
GARDES: tuple[type[models.Model], ...] = (Dossier, Conservation)
Cles = set[Any]


@dataclass(slots=True)
class Recensement:
    """What the walk met: rows to delete, deepest first, and the files and documents they name."""

    lignes: list[tuple[type[models.Model], Cles]] = field(default_factory=list)
    a_detacher: list[tuple[type[models.Model], str, Cles]] = field(default_factory=list)
    fichiers: Cles = field(default_factory=set)
    documents: Cles = field(default_factory=set)
    cles: Cles = field(default_factory=set)


def recenser(dossier: Dossier) -> Recensement:
    """Everything that hangs on the case, whoever wrote it and however long ago."""
    trouve = Recensement(cles={dossier.cle})
    _descendre(Dossier, {dossier.pk}, dossier, trouve, frozenset({Dossier}))
    documents = Document.objects.filter(models.Q(pk__in=trouve.documents) | models.Q(objet_cle__in=trouve.cles))
    for document, fichier in documents.values_list("pk", "fichier_id"):
        trouve.documents.add(document)
        trouve.fichiers.add(fichier)
    return trouve


def _descendre(
    modele: type[models.Model], cles: Cles, dossier: Dossier, trouve: Recensement, chemin: frozenset[type[models.Model]]
) -> None:
    for relation in _relations(modele):
        enfant, nom = relation.related_model, relation.field.name
        if enfant in GARDES or enfant in chemin:
            continue
        lignes = enfant._base_manager.filter(**{f"{nom}_id__in": cles})
        if _champ_dossier(enfant) and modele is not Dossier:
            lignes = lignes.filter(dossier_id=dossier.pk)
        if relation.on_delete is models.SET_NULL:
            trouve.a_detacher.append((enfant, nom, set(lignes.values_list("pk", flat=True))))
            continue
        vues = set(lignes.values_list("pk", flat=True))
        _relever(enfant, vues, trouve)
        _descendre(enfant, vues | _disparues(enfant, dossier), dossier, trouve, chemin | {enfant})
        if vues:
            trouve.lignes.append((enfant, vues))


def _relations(modele: type[models.Model]) -> Iterator[Any]:
    for relation in modele._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one):
            yield relation


def _champ_dossier(modele: type[models.Model]) -> bool:
    return any(champ.name == "dossier" for champ in modele._meta.concrete_fields)


def _disparues(modele: type[models.Model], dossier: Dossier) -> Cles:
    """Rows deleted earlier in the life of the case: only their history still knows them, and has children too."""
    histoire = getattr(getattr(modele, "history", None), "model", None)
    if histoire is None or not _champ_dossier(histoire):
        return set()
    return set(histoire._base_manager.filter(dossier_id=dossier.pk).values_list(modele._meta.pk.attname, flat=True))


def _relever(modele: type[models.Model], lignes: Cles, trouve: Recensement) -> None:
    """The files, documents and opaque keys these rows name."""
    if not lignes:
        return
    gestionnaire = modele._base_manager
    for champ in modele._meta.concrete_fields:
        vers = trouve.cles if champ.name == "cle" else None
        if champ.related_model is Fichier:
            vers = trouve.fichiers
        elif champ.related_model is Document:
            vers = trouve.documents
        if vers is not None:
            valeurs = gestionnaire.filter(pk__in=lignes).values_list(champ.attname, flat=True)
            vers |= {valeur for valeur in valeurs if isinstance(valeur, int | uuid.UUID)}


def effacer_contenu(dossier: Dossier) -> dict[str, int]:
    """Remove all but the stub, in the caller's transaction; returns what went, by table.

    The clear content of files is lost at commit (their keys go here); their bytes leave the storage by the outbox.
    """
    trouve = recenser(dossier)
    comptes: Counter[str] = Counter()
    _effacer_avis(dossier, comptes)
    for modele, champ, lignes in trouve.a_detacher:
        modele._base_manager.filter(pk__in=lignes).update(**{champ: None})
    for modele, lignes in trouve.lignes:
        comptes[modele._meta.label_lower] += _retirer(modele._base_manager.filter(pk__in=lignes))
    histoire = Dossier.history.model._base_manager.filter(id=dossier.pk)
    comptes["dossiers.historicaldossier"] += _retirer(histoire)
    Document.objects.filter(pk__in=trouve.documents).update(statut=Document.Statut.RETIRE)
    comptes["documents.fichier"] += effacer_fichiers(_sans_autre_usage(trouve), motif=f"dossier:{dossier.cle}")
    return dict(comptes)


def _retirer(lignes: Any) -> int:
    """A raw delete: without signals, so without new history rows."""
    return int(lignes._raw_delete(lignes.db) or 0)


def _effacer_avis(dossier: Dossier, comptes: Counter[str]) -> None:
    """Notices and outbox rows that speak of the case, by its key or by one of its events."""
    evenements = list(Evenement.objects.filter(dossier=dossier).values_list("pk", flat=True))
    cle = str(dossier.cle)
    avis = models.Q(adresse__contains=cle) | models.Q(cle_unique__contains=cle)
    if dossier.reference:
        avis |= models.Q(texte__contains=dossier.reference)
    for evenement in evenements:
        avis |= models.Q(cle_unique__startswith=f"evenement:{evenement}:")
    comptes["notifications.avis"] += _retirer(Avis.objects.filter(avis))
    envois = Envoi.objects.annotate(texte=Cast("charge", models.TextField())).filter(
        models.Q(charge__evenement__in=evenements) | models.Q(texte__contains=cle) | models.Q(cle_unique__contains=cle)
    )
    faits = envois.exclude(sujet__startswith="conservation.").values_list("pk", flat=True)
    comptes["notifications.envoi"] += _retirer(Envoi.objects.filter(pk__in=list(faits)))


def _sans_autre_usage(trouve: Recensement) -> set[int]:
    """Files that no remaining row names but the withdrawn documents of this case: never more than the case's own."""
    restants = set(trouve.fichiers)
    modeles: list[type[models.Model]] = [Document]
    modeles += [
        modele for modele in apps.get_models(include_auto_created=True) if modele._meta.app_label != "documents"
    ]
    for modele in modeles:
        for champ in modele._meta.concrete_fields:
            if champ.related_model is Fichier and restants:
                usages = modele._base_manager.filter(**{f"{champ.attname}__in": restants})
                if modele is Document:
                    usages = usages.exclude(pk__in=trouve.documents)
                restants -= set(usages.values_list(champ.attname, flat=True))
    return restants


def effacer_envoi_abandonne(brouillons: Iterable[Brouillon]) -> int:
    """Drafts given up or expired: the sealed page, and the unsent envelope with everything in it."""
    nombre = 0
    for brouillon in brouillons:
        dossier = brouillon.dossier
        if dossier is None or dossier.phase != "brouillon":
            brouillon.delete()
        else:
            effacer_contenu(dossier)
            _retirer(Conservation.objects.filter(dossier=dossier))
            _retirer(Dossier.objects.filter(pk=dossier.pk))
        nombre += 1
    return nombre


@contextmanager
def gel_suspendu(modele: type[models.Model]) -> Iterator[None]:
    """Let this transaction write a frozen letter of that table: for the early erasure of a part of it, and no other.

    pgtrigger's own `ignore` sends two statements at once, which server-side binding refuses.
    """
    declencheurs = getattr(modele._meta, "triggers", [])
    noms = ",".join(d.get_pgid(modele) for d in declencheurs if d.name == "fige")
    with connection.cursor() as curseur:
        curseur.execute("SELECT set_config('pgtrigger.ignore', %s, true)", ["{" + noms + "}"])
        yield
        curseur.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")
