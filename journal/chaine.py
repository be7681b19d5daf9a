"""Verification of the chains: recompute every link, compare with the witnesses, name the first bad row."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection, transaction

from journal.models import Origine

LOT = 5000


class Maillon(NamedTuple):
    """A head or an origin: a number and the hash that bears it."""

    numero: int
    empreinte: str


class Temoin(NamedTuple):
    """What somebody kept of a chain at a moment: an anchor of the database, or one given from outside."""

    chaine: str
    numero: int
    empreinte: str
    le: str


class Ligne(NamedTuple):
    """One row as it is stored; `le` is the UTC text that was hashed."""

    numero: int
    le: str
    contenu: str
    acteur: str | None
    action: str
    objet: str
    cle: str | None
    resultat: str
    precedente: str
    empreinte: str


@dataclass(frozen=True, slots=True)
class Rupture:
    chaine: str
    numero: int
    raison: str


@dataclass(frozen=True, slots=True)
class Constat:
    """What a verification read and found; at most one rupture a chain, the first."""

    entrees: int
    ancres: int
    ruptures: tuple[Rupture, ...]


DEPART = Maillon(0, "0" * 64)


def empreinte(chaine: str, numero: int, le: str, precedente: str, contenu: str) -> str:
    """The link of one entry; the same text as `journal_enchainer` hashes in SQL."""
    return hashlib.sha256(f"{chaine}\n{numero}\n{le}\n{precedente}\n{contenu}".encode()).hexdigest()


def _copies_fideles(ligne: Ligne) -> bool:
    try:
        corps = json.loads(ligne.contenu).get
    except (ValueError, AttributeError):
        return False
    lues = (corps("acteur"), corps("cle"), corps("action"), corps("objet"), corps("resultat"))
    return lues == (ligne.acteur, ligne.cle, ligne.action, ligne.objet, ligne.resultat)


def _defaut(chaine: str, ligne: Ligne, attendu: int, precedente: str) -> str:
    if ligne.numero != attendu:
        return "entrée manquante" if ligne.numero > attendu else "entrée en trop"
    if ligne.precedente != precedente:
        return "chaînage rompu"
    if empreinte(chaine, ligne.numero, ligne.le, precedente, ligne.contenu) != ligne.empreinte:
        return "contenu modifié"
    return "" if _copies_fideles(ligne) else "colonne modifiée"


def ruptures(
    chaine: str,
    lignes: Iterable[Ligne],
    tete: tuple[int, str] | None,
    *,
    origine: Maillon = DEPART,
    temoins: Sequence[Temoin] = (),
) -> Iterator[Rupture]:
    """Yield what is wrong first in one chain given in order of `numero`: links, witnesses, then the head."""
    gardes: dict[int, list[Temoin]] = {}
    for temoin in temoins:
        gardes.setdefault(temoin.numero, []).append(temoin)
    attendu, precedente = origine.numero + 1, origine.empreinte
    if raison := _dementi(gardes.get(origine.numero, ()), origine.empreinte):
        yield Rupture(chaine, origine.numero, raison)
        return
    for ligne in lignes:
        if raison := _defaut(chaine, ligne, attendu, precedente):
            yield Rupture(chaine, min(attendu, ligne.numero), raison)
            return
        attendu, precedente = ligne.numero + 1, ligne.empreinte
        if gardes and (raison := _dementi(gardes.get(ligne.numero, ()), precedente)):
            yield Rupture(chaine, ligne.numero, raison)
            return
    if tete != (attendu - 1, precedente):
        yield Rupture(chaine, attendu, "fin de chaîne tronquée")
        return
    if au_dela := [temoin for temoin in temoins if temoin.numero >= attendu]:
        temoin = max(au_dela, key=lambda temoin: temoin.numero)
        raison = f"fin de chaîne disparue, l’empreinte gardée le {temoin.le[:16]} porte le n° {temoin.numero}"
        yield Rupture(chaine, attendu, raison)


def _dementi(temoins: Iterable[Temoin], calculee: str) -> str:
    faux = next((temoin for temoin in temoins if temoin.empreinte != calculee), None)
    return f"chaîne réécrite, différente de l’empreinte gardée le {faux.le[:16]}" if faux else ""


def origines() -> dict[str, tuple[Maillon, int]]:
    """For each purged chain, the link it starts from and the last year taken away."""
    lues = Origine.objects.order_by("chaine", "numero")
    return {ligne.chaine: (Maillon(ligne.numero, ligne.empreinte), ligne.annee) for ligne in lues}


def _purge_abusive(origine: Maillon, annee: int, temoins: Iterable[Temoin]) -> str:
    """A witness of a later year that knew a lower number: what followed it was younger than the purge says."""
    abus = any(temoin.numero < origine.numero and int(temoin.le[:4]) > annee for temoin in temoins)
    return "entrées trop récentes effacées" if abus else ""


def verifier(temoins: Sequence[Temoin] = ()) -> list[Rupture]:
    """The first rupture of each chain of the database; empty when all hold."""
    return list(examiner(temoins).ruptures)


def examiner(temoins: Sequence[Temoin] = ()) -> Constat:
    """Verify every chain against its own links, its head and these witnesses."""
    par_chaine: dict[str, list[Temoin]] = {}
    for temoin in temoins:
        par_chaine.setdefault(temoin.chaine, []).append(temoin)
    purgees, trouvees, entrees = origines(), [], 0
    for chaine in sorted({*_chaines(), *par_chaine, *purgees}):
        origine, annee = purgees.get(chaine, (DEPART, 0))
        gardes = par_chaine.get(chaine, [])
        if origine is not DEPART and (raison := _purge_abusive(origine, annee, gardes)):
            trouvees.append(Rupture(chaine, origine.numero, raison))
            continue
        compteur = _Compteur()
        with transaction.atomic():
            tete, dernier = _tete(chaine)
            lues = compteur.compter(lignes(chaine, jusqu_a=dernier))
            trouvees += ruptures(chaine, lues, tete, origine=origine, temoins=gardes)
        entrees += compteur.total
    return Constat(entrees, len(temoins), tuple(trouvees))


class _Compteur:
    def __init__(self) -> None:
        self.total = 0

    def compter(self, lues: Iterable[Ligne]) -> Iterator[Ligne]:
        for ligne in lues:
            self.total += 1
            yield ligne


def _chaines() -> list[str]:
    with connection.cursor() as curseur:
        curseur.execute("SELECT chaine FROM journal_tete UNION SELECT DISTINCT chaine FROM journal_entree")
        return [chaine for (chaine,) in curseur.fetchall()]


def _tete(chaine: str) -> tuple[Maillon | None, int]:
    """The head and the last number written, of one instant: entries appended meanwhile are left to the next time."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT t.numero, t.empreinte, (SELECT max(numero) FROM journal_entree WHERE chaine = %(chaine)s)"
            " FROM (SELECT 1) AS un LEFT JOIN journal_tete t ON t.chaine = %(chaine)s",
            {"chaine": chaine},
        )
        numero, derniere, dernier = curseur.fetchone()
    return (None if numero is None else Maillon(numero, derniere)), dernier or 0


LIGNES = """
SELECT numero, to_char(le AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), contenu, acteur::text, action, objet,
       cle::text, resultat, empreinte_precedente, empreinte
FROM journal_entree WHERE chaine = %(chaine)s AND numero >= %(depuis)s AND numero <= %(jusqu_a)s ORDER BY numero
"""


def lignes(chaine: str, *, depuis: int = -(2**62), jusqu_a: int) -> Iterator[Ligne]:
    """The rows of a chain, streamed by a server-side cursor; call it in a transaction."""
    parametres: Mapping[str, str | int] = {"chaine": chaine, "depuis": depuis, "jusqu_a": jusqu_a}
    with connection.chunked_cursor() as curseur:
        curseur.execute(LIGNES, parametres)
        while lot := curseur.fetchmany(LOT):
            yield from map(Ligne._make, lot)
