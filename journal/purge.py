"""The purge at three years: whole years leave, their last link stays as the origin of what follows."""

from django.db import connection, transaction

from journal.carnet import ajouter, contenu_canonique
from journal.chaine import Rupture
from journal.models import Tete
from journal.verification import verifier_tout


class PurgeRefusee(Exception):
    """The journal does not hold: nothing is taken away."""

    def __init__(self, ruptures: tuple[Rupture, ...]) -> None:
        super().__init__("Le journal n’est pas intègre : rien n’a été effacé. Lancez « verifier_journal ».")
        self.ruptures = ruptures


@transaction.atomic
def purger(avant: int) -> dict[str, int]:
    """Take away every entry of the years before `avant`; owner only. Returns how many of each chain."""
    constat = verifier_tout()
    if constat.ruptures:
        raise PurgeRefusee(constat.ruptures)
    effacees: dict[str, int] = {}
    for chaine in Tete.objects.order_by("chaine").values_list("chaine", flat=True):
        with connection.cursor() as curseur:
            curseur.execute("SELECT journal_purger(%s, %s)", [chaine, avant])
            nombre = int(curseur.fetchone()[0])
        if nombre:
            effacees[chaine] = nombre
            details = {"annee": avant - 1, "entrees": nombre}
            ajouter(chaine, [contenu_canonique("purger_journal", acteur=None, objet="journal", details=details)])
    return effacees
