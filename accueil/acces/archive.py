"""The export of a chain: one file that a partner verifies without us."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone

import journal.verificateur
from journal.ancres import temoins_gardes
from journal.chaine import Ligne, Temoin, lignes
from journal.models import Ancre, Entree

IMMEDIAT = 50_000
MAXIMUM = 500_000
VERIFICATEUR = Path(journal.verificateur.__file__)

LISEZ_MOI = """Journal de Trait d’union, chaîne {chaine}, du {du:%d/%m/%Y} au {au:%d/%m/%Y} : {nombre} événements.

{jsonl} : une ligne JSON par événement, du n° {premier} au n° {dernier}.
ancres.json : les empreintes relevées dans la base pour ces événements. Préférez celles reçues par courriel.
verificateur.py : vérifie l’export. Il ne demande que Python 3 :

    python3 verificateur.py {jsonl} --ancre {numero}:{empreinte}
"""


class Bornes(NamedTuple):
    premier: int
    dernier: int

    @property
    def nombre(self) -> int:
        return self.dernier - self.premier + 1


def instants(du: date, au: date) -> tuple[datetime, datetime]:
    """Midnight in Paris of the first day, and of the day after the last one."""
    zone = timezone.get_current_timezone()
    debut, fin = (datetime.combine(jour, time(), tzinfo=zone) for jour in (du, au + timedelta(days=1)))
    return debut, fin


def bornes(chaine: str, du: date, au: date) -> Bornes | None:
    """The numbers of a period; None when nothing happened."""
    debut, fin = instants(du, au)
    lues = Entree.objects.filter(chaine=chaine, le__gte=debut, le__lt=fin).aggregate(Min("numero"), Max("numero"))
    return Bornes(lues["numero__min"], lues["numero__max"]) if lues["numero__min"] else None


def en_jsonl(chaine: str, lues: Iterator[Ligne]) -> Iterator[str]:
    """What was hashed, and nothing else."""
    for ligne in lues:
        champs = {
            "chaine": chaine,
            "numero": ligne.numero,
            "le": ligne.le,
            "precedente": ligne.precedente,
            "contenu": ligne.contenu,
            "empreinte": ligne.empreinte,
        }
        yield json.dumps(champs, ensure_ascii=False) + "\n"


@transaction.atomic
def composer(chaine: str, du: date, au: date) -> bytes:
    """The ZIP: rows, witnesses, verifier, how to use it. An empty period gives an empty list of rows."""
    limites = bornes(chaine, du, au) or Bornes(1, 0)
    jsonl, sortie = f"journal-{chaine}-{du:%Y-%m-%d}-{au:%Y-%m-%d}.jsonl", io.BytesIO()
    derniere, ancres = "", _ancres(chaine, limites)
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(jsonl, "w", force_zip64=True) as flux:
            lues = lignes(chaine, depuis=limites.premier, jusqu_a=limites.dernier) if limites.nombre else iter(())
            for texte in en_jsonl(chaine, lues):
                flux.write(texte.encode())
                derniere = texte
        archive.writestr("ancres.json", json.dumps([ancre._asdict() for ancre in ancres], indent=1))
        archive.writestr("verificateur.py", VERIFICATEUR.read_bytes())
        fin = Temoin(chaine, limites.dernier, json.loads(derniere)["empreinte"] if derniere else "", "")
        montree = ancres[-1] if ancres else fin
        archive.writestr(
            "LISEZ-MOI.txt",
            LISEZ_MOI.format(
                chaine=chaine,
                du=du,
                au=au,
                nombre=limites.nombre,
                jsonl=jsonl,
                premier=limites.premier,
                dernier=limites.dernier,
                numero=montree.numero,
                empreinte=montree.empreinte,
            ),
        )
        for rang, jeton in enumerate(_jetons(du, au)):
            archive.writestr(f"horodatages/{rang:04d}.tsr", jeton)
    return sortie.getvalue()


def _ancres(chaine: str, limites: Bornes) -> list[Temoin]:
    gardes = [t for t in temoins_gardes() if t.chaine == chaine and limites.premier <= t.numero <= limites.dernier]
    return sorted(gardes, key=lambda temoin: temoin.numero)


def _jetons(du: date, au: date) -> Iterator[bytes]:
    debut, fin = instants(du, au)
    horodatages = Ancre.objects.filter(genre=Ancre.Genre.HORODATAGE, le__gte=debut, le__lt=fin).order_by("pk")
    for ancre in horodatages[:1000]:
        yield bytes(ancre.jeton or b"")
