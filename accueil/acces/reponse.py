"""Breach answer: who had access to a case between two days, what, from where. Complete, and signed."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import User
from accueil.acces.archive import instants
from accueil.journal_lisible import RAISON, cles_du_dossier
from dossiers.models import Dossier, Personne
from journal.models import Entree
from notifications.portee import portee_systeme
from presentation.cellules import neutre

COLONNES = ("moment", "qui", "role", "service", "action", "objet", "motif", "canal", "d_ou", "resultat", "evenement")
SIGNATURE = "# signature : "


def cles(*, dossier: str = "", personne: UUID | None = None) -> list[Any]:
    """Every key under which the journal may name a case: its own, those of its persons and of its pieces."""
    if personne is not None:
        with portee_systeme(RAISON):
            lue = Personne.objects.filter(cle=personne).values_list("dossier__reference", "dossier__cle").first()
        reference, dossier_cle = lue or (None, personne)
        return [*(cles_du_dossier(reference) if reference else ()), dossier_cle, personne]
    if trouvees := cles_du_dossier(dossier):
        return trouvees
    with portee_systeme(RAISON):
        return list(Dossier.objects.filter(cle=dossier).values_list("cle", flat=True)) if _est_cle(dossier) else []


def _est_cle(texte: str) -> bool:
    try:
        UUID(texte)
    except ValueError:
        return False
    return True


def acces(trouvees: Iterable[Any], du: date, au: date) -> list[Entree]:
    """Every entry of these keys over the period, of every chain, in order of time."""
    debut, fin = instants(du, au)
    return list(Entree.objects.filter(cle__in=set(trouvees), le__gte=debut, le__lt=fin).order_by("le", "pk"))


def extrait(entrees: list[Entree]) -> str:
    """CSV lines, then the signature of all that precedes."""
    sortie = io.StringIO()
    feuille = csv.writer(sortie, delimiter=";", lineterminator="\n")
    feuille.writerow(COLONNES)
    feuille.writerows([neutre(cellule) for cellule in ligne] for ligne in _cellules(entrees))
    texte = sortie.getvalue()
    return f"{texte}{SIGNATURE}{_signer(texte)}\n"


def _cellules(entrees: list[Entree]) -> Iterator[tuple[str, ...]]:
    noms = {p.cle: p.nom_complet for p in User.objects.filter(cle__in={e.acteur for e in entrees if e.acteur})}
    for entree in entrees:
        lu = json.loads(entree.contenu).get
        yield (
            timezone.localtime(entree.le).isoformat(),
            noms.get(entree.acteur, str(entree.acteur)) if entree.acteur else "Trait d’union",
            lu("role", ""),
            lu("service", ""),
            entree.action,
            entree.objet,
            lu("motif", ""),
            lu("canal", ""),
            lu("origine", ""),
            entree.resultat,
            f"{entree.chaine} n° {entree.numero} {entree.empreinte}",
        )


def _signer(texte: str) -> str:
    return salted_hmac("journal.extrait", texte, algorithm="sha256").hexdigest()


def est_authentique(extrait_lu: str) -> bool:
    """Whether an extract is as this product signed it."""
    texte, separateur, signature = extrait_lu.rpartition(SIGNATURE)
    return bool(separateur) and constant_time_compare(_signer(texte), signature.strip())
