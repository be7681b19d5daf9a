"""Which conventions concern a reader: the one door of the lists that hang on a convention."""

from django.db.models import Q, QuerySet

from convention.annuaire import Lecteur
from convention.models import Convention, Institution


def conventions_de(lecteur: Lecteur) -> QuerySet[Convention]:
    """Those that bind the reader's institution, that it holds, or that name it as a correspondent."""
    maisons = lecteur.institutions
    return Convention.objects.filter(
        Q(etablissement__in=maisons) | Q(parties__institution__in=maisons) | Q(correspondants__in=maisons)
    )


def institutions_de(lecteur: Lecteur) -> QuerySet[Institution]:
    """The houses that the reader works with: those of its conventions. A house without any is nobody's secret."""
    communes = conventions_de(lecteur).order_by().values("pk")
    liees = Q(parties__convention__isnull=False) | Q(pk__in=Convention.correspondants.through.objects.values("institution"))
    partagees = (
        Q(pk__in=lecteur.institutions)
        | Q(parties__convention__in=communes)
        | Q(pk__in=Convention.correspondants.through.objects.filter(convention__in=communes).values("institution"))
        | Q(pk__in=Convention.objects.filter(pk__in=communes).order_by().values("etablissement"))
    )
    return Institution.objects.filter(partagees | ~Q(pk__in=Institution.objects.filter(liees).order_by().values("pk")))
