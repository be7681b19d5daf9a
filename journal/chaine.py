"""Verification of the chains: recompute every link, name the first bad row."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from journal.models import Entree, Tete

ORIGINE = "0" * 64


@dataclass(frozen=True, slots=True)
class Rupture:
    chaine: str
    numero: int
    raison: str


def empreinte(chaine: str, numero: int, le: datetime, precedente: str, contenu: str) -> str:
    """The link of one entry; the same text as `journal_ajouter` hashes in SQL."""
    instant = le.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    texte = "\n".join((chaine, str(numero), instant, precedente, contenu))
    return hashlib.sha256(texte.encode()).hexdigest()


def _copies_fideles(entree: Entree) -> bool:
    corps = json.loads(entree.contenu)
    return (
        (str(entree.acteur) if entree.acteur else None) == corps.get("acteur")
        and (str(entree.cle) if entree.cle else None) == corps.get("cle")
        and (entree.action, entree.objet, entree.resultat)
        == (corps.get("action"), corps.get("objet"), corps.get("resultat"))
    )


def ruptures(chaine: str, entrees: Iterable[Entree], tete: tuple[int, str] | None) -> Iterator[Rupture]:
    """Yield what is wrong in one chain given in order of `numero`, and against its head."""
    attendu, precedente = 1, ORIGINE
    for entree in entrees:
        if entree.numero != attendu:
            yield Rupture(chaine, attendu, "entrée manquante")
            return
        if entree.empreinte_precedente != precedente:
            yield Rupture(chaine, entree.numero, "chaînage rompu")
            return
        if empreinte(chaine, entree.numero, entree.le, precedente, entree.contenu) != entree.empreinte:
            yield Rupture(chaine, entree.numero, "contenu modifié")
            return
        if not _copies_fideles(entree):
            yield Rupture(chaine, entree.numero, "colonne modifiée")
            return
        attendu, precedente = entree.numero + 1, entree.empreinte
    if tete != (attendu - 1, precedente):
        yield Rupture(chaine, attendu, "fin de chaîne tronquée")


def verifier() -> list[Rupture]:
    """The first rupture of each chain of the database; empty when all hold."""
    tetes = {tete.chaine: (tete.numero, tete.empreinte) for tete in Tete.objects.all()}
    chaines = set(tetes) | set(Entree.objects.order_by().values_list("chaine", flat=True).distinct())
    resultat: list[Rupture] = []
    for chaine in sorted(chaines):
        entrees = Entree.objects.filter(chaine=chaine).order_by("numero").iterator(chunk_size=5000)
        resultat.extend(ruptures(chaine, entrees, tetes.get(chaine)))
    return resultat
