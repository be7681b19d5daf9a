"""Witnesses outside the chains: taken every hour, time-stamped, mailed; read back from the database or from a file."""

import hashlib
import json
import re
import uuid
from collections.abc import Iterable, Sequence

from django.db import connection

from journal.chaine import Temoin
from journal.models import Ancre

# « CHV n° 1204 : c41e… (2026-11-22T06:00:00Z) », quoted or not by the mail program.
_DU_COURRIEL = re.compile(
    r"^[> \t]*(?P<chaine>[A-Za-z0-9_-]+)\s+n°\s*(?P<numero>\d+)\s*:\s*(?P<empreinte>[0-9a-f]{64})\s*\((?P<le>[^)]+)\)",
    re.M,
)


class AncresIllisibles(Exception):
    """A file given as anchors holds none."""


def ancrer() -> uuid.UUID | None:
    """Witness every head now; None when the journal is empty."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT journal_ancrer()")
        releve: uuid.UUID | None = curseur.fetchone()[0]
    return releve


def attester(releve: uuid.UUID, genre: Ancre.Genre, *, jeton: bytes | None = None, envoye_a: str = "") -> None:
    """Keep the time-stamp of a witness, or the institution to which it was mailed; twice is once."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT journal_ancre_attester(%s, %s, %s, %s)", [releve, genre, jeton, envoye_a])


def racine(temoins: Iterable[Temoin]) -> str:
    """The Merkle root over heads in order of chain, as `journal_racine` computes it."""
    rang = [
        hashlib.sha256(f"feuille\n{temoin.chaine}\n{temoin.numero}\n{temoin.empreinte}".encode()).hexdigest()
        for temoin in sorted(temoins)
    ]
    while len(rang) > 1:
        paires = [rang[debut : debut + 2] for debut in range(0, len(rang), 2)]
        rang = [
            hashlib.sha256("\n".join(("noeud", *paire)).encode()).hexdigest() if len(paire) == 2 else paire[0]
            for paire in paires
        ]
    return rang[0] if rang else "0" * 64


def temoins_de(releve: uuid.UUID) -> list[Temoin]:
    return _temoins(Ancre.objects.filter(releve=releve, genre=Ancre.Genre.TETE).order_by("chaine"))


def temoins_gardes() -> list[Temoin]:
    """Every distinct head ever witnessed in the database."""
    tetes = Ancre.objects.filter(genre=Ancre.Genre.TETE)
    return _temoins(tetes.order_by("chaine", "numero", "empreinte", "le").distinct("chaine", "numero", "empreinte"))


def _temoins(ancres: Iterable[Ancre]) -> list[Temoin]:
    return [Temoin(ancre.chaine, ancre.numero, ancre.empreinte, f"{ancre.le:%Y-%m-%dT%H:%M:%SZ}") for ancre in ancres]


def racines_fausses() -> list[uuid.UUID]:
    """Witnesses whose root does not follow from their heads: the table itself was altered."""
    releves: dict[uuid.UUID, tuple[str, list[Temoin]]] = {}
    for ancre in Ancre.objects.filter(genre=Ancre.Genre.TETE).order_by("pk").iterator():
        releves.setdefault(ancre.releve, (ancre.racine, []))[1].extend(_temoins([ancre]))
    return [releve for releve, (attendue, tetes) in releves.items() if racine(tetes) != attendue]


def ecrire(temoins: Sequence[Temoin]) -> str:
    """One line a chain, as the mail shows them and as `lire` reads them back."""
    return "\n".join(f"{t.chaine} n°\u00a0{t.numero}\u00a0: {t.empreinte} ({t.le})" for t in temoins)


def lire(texte: str) -> list[Temoin]:
    """Anchors kept outside: a JSON list, or the text of the mails, several together if need be."""
    try:
        lus = [Temoin(a["chaine"], int(a["numero"]), a["empreinte"], str(a.get("le", ""))) for a in json.loads(texte)]
    except (ValueError, KeyError, TypeError, AttributeError):
        lus = [
            Temoin(m["chaine"], int(m["numero"]), m["empreinte"], m["le"])
            for m in _DU_COURRIEL.finditer(texte.replace("\u00a0", " "))
        ]
    if not lus:
        raise AncresIllisibles("Ce fichier ne contient aucune empreinte. Donnez le texte du courriel, ou le JSON.")
    return lus
