"""Noting what the person says of the copy of their record. It opens nothing: the doctor alone agrees (R-13)."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from dossiers.models import Dossier
from dossiers.suivi import relater, verrouiller
from requisitions.accord_patient import Valeur, faute_de_date, peut_noter_l_accord
from requisitions.models import AccordPatient
from requisitions.workflow.table import exiger_verdict
from transitions.workflow import TransitionRefusee

# The answer itself stays out of the timeline, which the archives read too.
LIBELLE = "Ce que la personne dit de la remise est noté"


@transaction.atomic
def noter_accord_patient(
    *, dossier: Dossier, acteur: Acteur, valeur: str, recueilli_le: date | None = None
) -> AccordPatient:
    """Given in writing, given by word of mouth, refused, or not asked; said again as long as nothing has left."""
    dossier = verrouiller(dossier)
    exiger_verdict(peut_noter_l_accord(dossier, acteur))
    if valeur not in Valeur.values:
        raise TransitionRefusee("Dites si la personne a été interrogée, et ce qu’elle a dit.", champ="valeur")
    if faute := faute_de_date(valeur, recueilli_le, timezone.localdate()):
        raise TransitionRefusee(faute, champ="recueilli_le")
    accord = AccordPatient.objects.filter(dossier=dossier).first() or AccordPatient(dossier=dossier)
    if accord.pk and (accord.valeur, accord.recueilli_le) == (valeur, recueilli_le):
        return accord
    accord.valeur, accord.recueilli_le, accord.note_par_id = valeur, recueilli_le, acteur.utilisateur_id
    accord.save()
    relater(dossier=dossier, nom="noter_accord_patient", libelle=LIBELLE, acteur=acteur, reserve=True)
    return accord
