"""Cases that go together: those of one signed act, and the other acts of one procedure. Reads."""

from convention.acteur import Acteur
from dossiers.models import Dossier, Lien
from requisitions.models import Requisition
from requisitions.policies import est_requerant, peut_instruire
from requisitions.types_acte import type_acte

MEME_ACTE = "MEME_ACTE"
MONTRES = 10


def cles_du_meme_acte(dossier: int) -> set[int]:
    """The other cases of the same signed act, whoever may know of them."""
    liens = Lien.objects.filter(nature_lien=MEME_ACTE)
    origine = liens.filter(cible=dossier).values_list("origine", flat=True).first() or dossier
    return {origine, *liens.filter(origine=origine).values_list("cible", flat=True)} - {dossier}


def memes_actes(dossier: Dossier, acteur: Acteur) -> list[Dossier]:
    """Those that this reader knows."""
    return list(Dossier.objects.visibles_par(acteur).filter(pk__in=cles_du_meme_acte(dossier.pk)).order_by("pk"))


def meme_procedure(
    dossier: Dossier, r: Requisition, acteur: Acteur, *, sauf: list[Dossier]
) -> list[tuple[Dossier, str]]:
    """What the same unit asked otherwise in the same procedure, and its act, the latest first.

    Nothing for whoever executes. A number is that of its unit: another one may write the same for other facts.
    """
    if not r.num_procedure or not (est_requerant(dossier, acteur) or peut_instruire(dossier, acteur)):
        return []
    autres = Dossier.objects.visibles_par(acteur).filter(
        requisition__num_procedure__iexact=r.num_procedure, requisition__service_requerant=r.service_requerant_id
    )
    autres = autres.exclude(pk__in=[dossier.pk, *(autre.pk for autre in sauf)]).order_by("-pk")
    return [(autre, type_acte(autre.variante).titre) for autre in autres[:MONTRES]]
