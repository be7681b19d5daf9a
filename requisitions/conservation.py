"""How long a requisition is kept, and the sealed bundle inside it, which goes first."""

from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from documents.models import Fichier
from dossiers.classes import Classe
from dossiers.conservation.conserver import Lecture, Passager, fermeture
from dossiers.conservation.fichiers import effacer_fichiers
from dossiers.models import Dossier, Piece
from requisitions.controles import r48
from requisitions.faits import faits_de
from requisitions.models import Remise
from requisitions.policies import SORTIE


def lire(dossier: Dossier) -> Lecture:
    return Lecture("requisition", fermeture(dossier))


def passagers(dossier: Dossier) -> list[Passager]:
    """The content of each delivery, here or at the counter; kept while a nullity or a complaint is open (R-48).

    The inventory stays.
    """
    if r48(faits_de(dossier, dossier.requisition)):
        return []
    remises = Remise.objects.filter(dossier=dossier).select_related("fichier", "dossier")
    return [_passager(remise) for remise in remises if _contenu(remise)]


def _passager(remise: Remise) -> Passager:
    emportee = _jour(remise.ouverte_le or remise.confiee_le)
    return Passager("requisition-pli", emportee, _jour(remise.prete_le), lambda: _effacer(remise))


def _contenu(remise: Remise) -> list[int]:
    """The bundle's files that still open, archive and pieces; what a later delivery holds too goes with that one.

    With the last one goes what the doctor read for it and did not send: set aside, or sent masked.
    """
    suivantes = Remise.objects.filter(dossier=remise.dossier_id, numero__gt=remise.numero)
    du_pli = _du_pli([remise.pk])
    if remise.dossier.etat in SORTIE and not remise.revoquee_le and not suivantes.exists():
        relues = Piece.objects.filter(dossier=remise.dossier_id, classe=Classe.MEDICAL, document=None)
        du_pli |= Q(pk__in=relues.values("fichier_id"))
    vivants = Fichier.objects.filter(du_pli).exclude(etat_fichier=Fichier.Etat.EFFACE)
    return list(vivants.exclude(_du_pli(suivantes.values("pk"))).values_list("pk", flat=True))


def _du_pli(remises: Any) -> Q:
    archives = Remise.objects.filter(pk__in=remises, fichier__isnull=False).values("fichier_id")
    return Q(pk__in=archives) | Q(pk__in=Piece.objects.filter(remises__in=remises).values("fichier_id"))


def _effacer(remise: Remise) -> None:
    effacer_fichiers(_contenu(remise), motif=f"pli:{remise.dossier.cle}")


def _jour(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None
