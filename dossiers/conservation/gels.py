"""The legal hold: whether anything of a case may go. Asked before every purge."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from convention.quatre_yeux import DUREE
from dossiers.models import Dossier, MiseEnAttente

REVUE_MOIS = 6


def gels_en_cours() -> QuerySet[MiseEnAttente]:
    """Holds in force: confirmed and not lifted, or asked less than a day ago."""
    recente = Q(posee_le__gt=timezone.now() - DUREE)
    return MiseEnAttente.objects.filter(Q(confirmee_le__isnull=False) | recente, levee_le=None)


def est_gele(dossier: Dossier) -> bool:
    return gels_en_cours().filter(dossier=dossier).exists()


def a_revoir(jour: date, dans: timedelta = timedelta()) -> QuerySet[MiseEnAttente]:
    """Holds whose six-month review is due by then."""
    return gels_en_cours().filter(revoir_avant__lte=jour + dans)
