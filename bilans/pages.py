"""Keyset pages of feedback: the row after which the next page begins, whatever was answered in between."""

import uuid
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from bilans.models import RetourExperience

PAGE = 50


def paginer(
    lignes: QuerySet[RetourExperience], ordre: Sequence[str], apres: str = ""
) -> tuple[list[RetourExperience], str]:
    """One page and the key that asks the next, empty on the last. `ordre` ends with the primary key.

    The row of `apres` may have left the list since (it is answered): its place in the order stays.
    """
    lues = list(lignes.filter(_au_dela(ordre, apres)).order_by(*ordre)[: PAGE + 1])
    return lues[:PAGE], str(lues[PAGE - 1].cle) if len(lues) > PAGE else ""


def _au_dela(ordre: Sequence[str], apres: str) -> Q:
    champs = [champ.lstrip("-") for champ in ordre]
    repere = RetourExperience.objects.filter(cle=cle).values(*champs).first() if (cle := _cle(apres)) else None
    au_dela = Q()
    if repere:
        for rang, champ in enumerate(champs):
            sens = "lt" if ordre[rang].startswith("-") else "gt"
            egaux = {egal: repere[egal] for egal in champs[:rang]}
            au_dela |= Q(**egaux, **{f"{champ}__{sens}": repere[champ]})
    return au_dela


def _cle(texte: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(texte)
    except ValueError:
        return None
