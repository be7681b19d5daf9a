"""Which conventions concern a reader: the one door of the lists that hang on a convention."""

from typing import Protocol

from django.db.models import Q, QuerySet

from convention.models import Convention, Institution


class Lecteur(Protocol):
    """Who reads: an Acteur, or a house for what is printed for everybody in it."""

    @property
    def institutions(self) -> frozenset[int]: ...


def conventions_de(lecteur: Lecteur) -> QuerySet[Convention]:
    """Those that bind the reader's institution, that it holds, or that name it as a correspondent."""
    maisons = lecteur.institutions
    return Convention.objects.filter(
        Q(etablissement__in=maisons) | Q(parties__institution__in=maisons) | Q(correspondants__in=maisons)
    )


def concernees(convention: Convention) -> QuerySet[Institution]:
    """The houses that a convention names."""
    return Institution.objects.filter(_nommees(Q(pk=convention.pk)))


def institutions_de(lecteur: Lecteur) -> QuerySet[Institution]:
    """The houses that the reader works with: those of its conventions. A house without any is nobody's secret."""
    communes = Q(pk__in=conventions_de(lecteur).order_by().values("pk"))
    liees = Institution.objects.filter(_nommees(Q())).order_by().values("pk")
    return Institution.objects.filter(Q(pk__in=lecteur.institutions) | _nommees(communes) | ~Q(pk__in=liees))


def _nommees(lesquelles: Q) -> Q:
    """The houses that these conventions name: who holds them, who is bound, who corresponds."""
    conventions = Convention.objects.filter(lesquelles).order_by()
    return (
        Q(pk__in=conventions.values("etablissement"))
        | Q(pk__in=conventions.values("parties__institution"))
        | Q(pk__in=conventions.values("correspondants"))
    )
