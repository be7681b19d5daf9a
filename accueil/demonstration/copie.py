"""Bulk loading by COPY: rows of unsaved objects, with their own dates and keys. No signal, no history, no save()."""

from collections.abc import Callable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import connection
from django.db.models import Field, ForeignKey, JSONField, Model

from documents.chiffrement import ChampChiffre


@cache
def _colonnes(modele: type[Model]) -> tuple[str, list[Callable[[Model], Any]]]:
    """The COPY statement of a table, and for each column what reads its value on an object."""
    champs: list[Field] = list(modele._meta.concrete_fields)
    noms = ", ".join(f'"{champ.column}"' for champ in champs)
    return f'COPY "{modele._meta.db_table}" ({noms}) FROM STDIN', [_lire(champ) for champ in champs]


def _lire(champ: Field) -> Callable[[Model], Any]:
    if isinstance(champ, ChampChiffre):
        return lambda objet: champ.get_db_prep_save(champ.pre_save(objet, add=True), connection)
    if isinstance(champ, JSONField):
        return lambda objet: champ.get_db_prep_save(getattr(objet, champ.attname), connection)
    return attrgetter(champ.attname)


def copier(objets: Sequence[Model]) -> None:
    """Load objects of one model; those without a key receive the next ones of the sequence, in order."""
    if not objets:
        return
    modele = type(objets[0])
    cle = modele._meta.pk
    if cle is not None and not isinstance(cle, ForeignKey) and objets[0].pk is None:
        for rang, objet in enumerate(objets, start=reserver(modele, len(objets))):
            objet.pk = rang
    ordre, colonnes = _colonnes(modele)
    with connection.cursor() as curseur, curseur.copy(ordre) as copie:
        for objet in objets:
            copie.write_row([lire(objet) for lire in colonnes])


def reserver(modele: type[Model], nombre: int) -> int:
    """Take `nombre` consecutive keys of a table; returns the first."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT setval(s, nextval(s) + %s - 1) - %s + 1 FROM (SELECT pg_get_serial_sequence(%s, 'id') AS s) AS t",
            [nombre, nombre, modele._meta.db_table],
        )
        return int(curseur.fetchone()[0])
