"""A new master key, or the first binding to rows and cases: keys and fields are sealed again, by resumable batches."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Func, IntegerField, Q

from documents import coffre
from documents.chiffrement import A_LA_LIGNE, ChampChiffre, chiffrer, dechiffrer, entete
from documents.cles import ANCIENNE_TAILLE, deballer, emballer, trousseau
from documents.liaison import attaches, texte
from documents.models import CleFichier, Envoi

LOT = 200
# Opens every row of the database for one batch; the floors above know how.
Portee = Callable[[], AbstractContextManager[None]]


def tourner_fichiers() -> int:
    """Wrap every file key under the current master key; no file is read. Returns how many."""
    faites = 0
    for modele in (CleFichier, Envoi):
        while lot := _lot_de_cles(modele):
            faites += lot
    return faites


def _anciennes(modele: type[CleFichier] | type[Envoi]) -> models.QuerySet[Any]:
    """Under another master key, or wrapped for no case."""
    lignes: models.QuerySet[Any] = modele._default_manager.annotate(
        octets=Func("emballee", function="octet_length", output_field=IntegerField())
    )
    if modele is CleFichier:
        lignes = lignes.select_related("fichier")
    return lignes.filter(~Q(kid=trousseau().courante) | Q(octets=ANCIENNE_TAILLE))


@transaction.atomic
def _lot_de_cles(modele: type[CleFichier] | type[Envoi]) -> int:
    anciennes = _anciennes(modele).select_for_update(skip_locked=True, of=("self",))
    lot: list[Any] = list(anciennes.order_by("pk")[:LOT])
    for cle in lot:
        lien = coffre.lien(cle.fichier, cle.fichier.attache) if isinstance(cle, CleFichier) else cle.lien
        cle.kid, cle.emballee = emballer(deballer(cle.kid, bytes(cle.emballee), lien), lien)
    modele._default_manager.bulk_update(lot, ["kid", "emballee"])
    return len(lot)


def champs() -> Iterator[tuple[type[models.Model], ChampChiffre]]:
    """Every sealed field of every table, histories included."""
    for modele in apps.get_models():
        for champ in modele._meta.concrete_fields:
            if isinstance(champ, ChampChiffre) and champ.model is modele:
                yield modele, champ


def tourner_champs(portee: Portee) -> int:
    """Seal every field again under the current key, bound to its row, frozen letters included: clear values stay."""
    return sum(_tourner_champ(modele, champ, portee) for modele, champ in champs())


def _tourner_champ(modele: type[models.Model], champ: ChampChiffre, portee: Portee) -> int:
    faits, lot = 0, LOT
    while lot:
        with portee():
            lot = _lot_de_valeurs(modele, champ)
        faits += lot
    return faits


def _noms(*noms: str | None) -> list[str]:
    return [connection.ops.quote_name(nom or "") for nom in noms]


@contextmanager
def _figes_ouverts(modele: type[models.Model]) -> Iterator[None]:
    """The triggers of one table stand aside: what is frozen is the clear value, and it does not change.

    Not `pgtrigger.ignore`, which joins its statement to ours: bound values forbid it.
    """
    noms = ",".join(declencheur.get_pgid(modele) for declencheur in getattr(modele._meta, "triggers", []))
    with connection.cursor() as curseur:
        curseur.execute("SELECT set_config('pgtrigger.ignore', %s, true)", ["{" + noms + "}"])
        yield
        curseur.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")


@transaction.atomic
def _lot_de_valeurs(modele: type[models.Model], champ: ChampChiffre) -> int:
    cle = modele._meta.pk
    assert cle is not None  # noqa: S101  a concrete model has one
    colonnes: list[Any] = [modele._meta.get_field(nom) for nom in attaches(modele)]
    liees = _noms(*(champ_lie.column for champ_lie in colonnes))
    table, pk, colonne = _noms(modele._meta.db_table, cle.column, champ.column)
    debut = entete(trousseau().courante, A_LA_LIGNE)
    with _figes_ouverts(modele), connection.cursor() as curseur:
        curseur.execute(
            f"SELECT {pk}, {colonne}, {', '.join(liees)} FROM {table} "  # noqa: S608  our own names
            f"WHERE octet_length({colonne}) > 0 AND position(%s::bytea in {colonne}) <> 1 LIMIT {LOT} FOR UPDATE",
            [debut],
        )
        lignes: list[tuple[Any, ...]] = curseur.fetchall()
        curseur.executemany(
            f"UPDATE {table} SET {colonne} = %s WHERE {pk} = %s",  # noqa: S608
            [(_resceller(champ, bytes(scelle), texte(valeurs)), ligne) for ligne, scelle, *valeurs in lignes],
        )
    return len(lignes)


def _resceller(champ: ChampChiffre, scelle: bytes, ligne: str) -> bytes:
    return chiffrer(dechiffrer(scelle, champ.lieu, ligne), champ.lieu, ligne)


def restes(portee: Portee) -> set[str]:
    """Names of master keys still needed by something that is not under the current one."""
    courante = trousseau().courante
    noms: set[str] = set()
    for emballees in (CleFichier, Envoi):
        noms |= set(emballees._default_manager.exclude(kid=courante).values_list("kid", flat=True).distinct())
    for modele, champ in champs():
        table, colonne = _noms(modele._meta.db_table, champ.column)
        with portee(), connection.cursor() as curseur:
            curseur.execute(
                f"SELECT DISTINCT substring({colonne} from 3 for get_byte({colonne}, 1)) FROM {table} "  # noqa: S608
                f"WHERE octet_length({colonne}) > 2 AND position(%s::bytea in {colonne}) <> 1",
                [entete(courante, A_LA_LIGNE)],
            )
            noms |= {bytes(nom).decode("ascii", "replace") for (nom,) in curseur.fetchall()}
    return noms
