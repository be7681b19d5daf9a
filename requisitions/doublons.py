"""Demands that look like another one still running, among the cases that this reader may know of."""

from django.db.models import Q, QuerySet

from convention.acteur import Acteur
from documents.chiffrement import index_aveugle
from dossiers.models import Dossier
from requisitions.cles_de_depot import cles_de
from requisitions.lecture.affaire import cles_du_meme_acte
from requisitions.models import Requisition
from requisitions.types_acte import type_acte


def semblables(lettre: Requisition, nom: str, acteur: Acteur) -> QuerySet[Dossier]:
    """Same act on the same person; without a person, same act in the same procedure over the same period."""
    ouverts = Dossier.objects.visibles_par(acteur).filter(
        nature="REQUISITION", requisition__type_acte=lettre.type_acte, phase__in=("en_cours", "en_attente")
    )
    # Not those of its own page, deposited by the first of two clicks, nor those that say already « même acte ».
    ouverts = ouverts.exclude(requisition__cle_depot__in=cles_de(lettre.cle_depot))
    if lettre.dossier_id:
        ouverts = ouverts.exclude(pk__in=cles_du_meme_acte(lettre.dossier_id))
    if type_acte(lettre.type_acte).personne:
        return ouverts.filter(personnes__index_nom=index_aveugle(nom)).distinct() if nom else ouverts.none()
    if not lettre.num_procedure:
        return ouverts.none()
    meme = Q(requisition__num_procedure=lettre.num_procedure)
    if lettre.periode_du and lettre.periode_au:
        meme &= Q(requisition__periode_du__lt=lettre.periode_au, requisition__periode_au__gt=lettre.periode_du)
    return ouverts.filter(meme)
