"""Somebody without identity is known at last: the search ends, and the case is brought near the one that sought them.

No name is written here: it goes to the admissions by telephone, and stays in the patient's file.
"""

import uuid
from datetime import date

from django.db import transaction

from convention.acteur import Acteur
from dossiers.models import Dossier, Lien
from dossiers.suivi import relater
from presentation.temps import date_fr
from signalements import instruction
from signalements.declarations import policies
from signalements.models import Complement
from transitions.workflow import TransitionRefusee

RAPPROCHEMENT = "rapprochement"


@transaction.atomic
def identifier(
    *, dossier: Dossier, acteur: Acteur, cle: uuid.UUID, identifie_le: date, rapproche: Dossier | None = None
) -> Complement:
    """Tell the recipient that the search is over; `cle` is the key of its form, sent once."""
    verdict = policies.peut_identifier(dossier, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    texte = f"L’identité est établie depuis le {date_fr(identifie_le)}. Les recherches peuvent cesser."
    complement = instruction.completer(dossier=dossier, acteur=acteur, cle=cle, texte=texte, objet=Complement.Objet.FIN)
    if rapproche is not None:
        _rapprocher(dossier, rapproche, acteur)
    return complement


def _rapprocher(dossier: Dossier, autre: Dossier, acteur: Acteur) -> None:
    _, nouveau = Lien.objects.get_or_create(origine=dossier, cible=autre, defaults={"nature_lien": RAPPROCHEMENT})
    if nouveau:
        for cas in (dossier, autre):
            relater(dossier=cas, nom="rapprocher", libelle="Rapproché d’un autre dossier", acteur=acteur, reserve=True)


def rapproches(dossier: Dossier, acteur: Acteur) -> list[Dossier]:
    """The cases brought near this one, among those that the reader may know of."""
    liens = Lien.objects.filter(nature_lien=RAPPROCHEMENT)
    cles = {
        *liens.filter(origine=dossier).values_list("cible_id", flat=True),
        *liens.filter(cible=dossier).values_list("origine_id", flat=True),
    }
    return list(Dossier.objects.visibles_par(acteur).filter(pk__in=cles).order_by("pk")) if cles else []
