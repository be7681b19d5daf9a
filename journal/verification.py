"""One verification of everything: links, heads, witnesses of the database, of the file store and given; result kept."""

from collections.abc import Sequence

from journal.ancres import racines_fausses, temoins_gardes
from journal.chaine import Constat, Rupture, Temoin, examiner
from journal.depot import deposes
from journal.models import Verification


def verifier_tout(externes: Sequence[Temoin] = ()) -> Constat:
    """Verify, and write what was found where the journal page reads it."""
    constat = examiner([*temoins_gardes(), *deposes(), *externes])
    fausses = [Rupture("ancres", 0, f"relevé {releve} modifié") for releve in racines_fausses()]
    constat = Constat(constat.entrees, constat.ancres, (*constat.ruptures, *fausses))
    Verification.objects.create(
        entrees=constat.entrees,
        ancres=constat.ancres,
        ruptures=[[rupture.chaine, rupture.numero, rupture.raison] for rupture in constat.ruptures],
    )
    return constat
