"""How long a requisition is kept, and the sealed bundle inside it, which goes first."""

from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from documents.models import Fichier
from dossiers.conservation.conserver import Lecture, Passager, fermeture
from dossiers.conservation.fichiers import effacer_fichiers
from dossiers.models import Dossier
from requisitions.controles import r48
from requisitions.faits import faits_de
from requisitions.models import Remise


def lire(dossier: Dossier) -> Lecture:
    return Lecture("requisition", fermeture(dossier))


def passagers(dossier: Dossier) -> list[Passager]:
    """The content of each bundle; kept while a nullity or a complaint is open (R-48). The inventory stays."""
    if r48(faits_de(dossier, dossier.requisition)):
        return []
    remises = Remise.objects.filter(dossier=dossier, fichier__isnull=False).select_related("fichier")
    return [
        Passager("requisition-pli", _jour(remise.ouverte_le), _jour(remise.prete_le), lambda r=remise: _effacer(r))  # type: ignore[misc]
        for remise in remises
        if _contenu(remise)
    ]


def _contenu(remise: Remise) -> list[int]:
    """The bundle's files that still open: the archive and the pieces copied into it."""
    du_pli = Q(pk__in=remise.pieces.values("fichier_id")) | Q(pk=remise.fichier_id or 0)
    vivants = Fichier.objects.filter(du_pli).exclude(etat_fichier=Fichier.Etat.EFFACE)
    return list(vivants.values_list("pk", flat=True))


def _effacer(remise: Remise) -> None:
    effacer_fichiers(_contenu(remise), motif=f"pli:{remise.dossier.cle}")


def _jour(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None
