"""The hourly witness, kept outside the database: one small text an hour in the file store, read back by verification.

A database restored from yesterday no longer holds this morning's heads; the store still does.
"""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from journal.ancres import AncresIllisibles, ecrire, lire
from journal.chaine import Temoin

DOSSIER = "ancres"
# A week of hours: older heads follow from these, each link holding the one before.
RELUS = 7 * 24


def deposer(temoins: list[Temoin]) -> None:
    """Keep these heads beside the files; the name says the hour, the text is that of the daily mail."""
    if temoins:
        moment = temoins[0].le.replace(":", "").replace("-", "")
        default_storage.save(f"{DOSSIER}/{moment}.txt", ContentFile(ecrire(temoins).encode()))


def deposes() -> list[Temoin]:
    """The heads of the last week's texts; a text that holds none any more was altered, and says so by its absence."""
    try:
        noms = sorted(default_storage.listdir(DOSSIER)[1])[-RELUS:]
    except FileNotFoundError:
        return []
    temoins: set[Temoin] = set()
    for nom in noms:
        with default_storage.open(f"{DOSSIER}/{nom}") as texte:
            try:
                temoins.update(lire(texte.read().decode("utf-8", "replace")))
            except AncresIllisibles:
                continue
    return sorted(temoins)
