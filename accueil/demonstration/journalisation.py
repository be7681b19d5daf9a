"""The journal of the seed: the acts of the fictitious cases, chained at their own dates by the owner's function."""

from datetime import datetime
from functools import cache

from django.db import connection

from accounts.models import User
from accueil.demonstration.affaire import Affaire
from convention.acteur import Acteur, acteur_de
from journal.carnet import chaine_de, contenu_canonique

LOT = 5000


@cache
def _acteur(cle: int) -> Acteur:
    return acteur_de(User.objects.get(pk=cle))


class Registre:
    """Gathers entries, then writes each chain in the order of its dates."""

    def __init__(self) -> None:
        self._chaines: dict[str, list[tuple[datetime, str]]] = {}
        _acteur.cache_clear()

    def noter(self, affaire: Affaire) -> None:
        dossier = affaire.dossier
        for evenement in affaire.evenements:
            acteur = _acteur(evenement.par_id)
            contenu = contenu_canonique(
                evenement.nom,
                acteur=acteur,
                objet=dossier.nature.lower(),
                cle=dossier.cle,
                details={"apres": evenement.apres},
            )
            self._chaines.setdefault(chaine_de(acteur), []).append((evenement.le, contenu))

    def ecrire(self) -> int:
        """How many entries were chained."""
        total = 0
        with connection.cursor() as curseur:
            for chaine, entrees in sorted(self._chaines.items()):
                entrees.sort()
                for debut in range(0, len(entrees), LOT):
                    lot = entrees[debut : debut + LOT]
                    curseur.execute(
                        "SELECT journal_enchainer(%s, %s, %s)",
                        [chaine, [contenu for _, contenu in lot], [le for le, _ in lot]],
                    )
                total += len(entrees)
        return total
